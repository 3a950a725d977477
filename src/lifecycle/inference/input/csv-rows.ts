// Comma-separated rows for a model. A first line of numbers alone is a row, not names; some of them may be missing.
import { SlipwayError } from '../../../base/errors';
import type { ByteSource } from '../../../platform/tables/byte-source';
import { readCsv } from '../../../platform/tables/csv-table';
import type { Given, Scalar } from './given';

interface TakenCsv {
  given: Extract<Given, { kind: 'columns' }>;
  hasHead: boolean;
}

/** Throws SlipwayError `invalid` with the line where the text is broken, and when it holds no row. */
export async function takeCsv(source: ByteSource): Promise<TakenCsv> {
  let names: readonly string[] = [];
  const rows: Scalar[][] = [];
  await readCsv(source, {
    columns: (found) => {
      names = found;
    },
    row: (cells) => rows.push([...cells]),
  });
  const hasHead = !isRow(names);
  if (!hasHead) rows.unshift([...names]);
  if (names.length === 0 || rows.length === 0) throw new SlipwayError('invalid', `${source.name} holds no row.`);
  return { given: { kind: 'columns', names: [...names], rows }, hasHead };
}

/** Numbers, of which there is at least one, and words for what is missing or infinite. */
function isRow(cells: readonly string[]): boolean {
  const written = cells.map((cell) => cell.trim());
  const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));
  const standsFor = (cell: string): boolean => /^([+-]?(nan|inf|infinity))?$/i.test(cell);
  return written.some(isNumber) && written.every((cell) => isNumber(cell) || standsFor(cell));
}
