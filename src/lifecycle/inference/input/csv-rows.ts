// Comma-separated rows for a model. A first line of numbers alone is a row, not names; some of them may be missing.
import { SlipwayError } from '../../../base/errors';
import type { ByteSource } from '../../../platform/tables/byte-source';
import { readCsv } from '../../../platform/tables/csv-table';
import { isHeadless } from '../../../platform/tables/headless-row';
import type { Given, Scalar } from './given';

/** `notes` are sentences about what was found. */
interface TakenCsv {
  given: Extract<Given, { kind: 'columns' }>;
  notes: string[];
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
  const hasHead = !isHeadless(names, rows.length === 0);
  if (!hasHead) rows.unshift([...names]);
  if (names.length === 0 || rows.length === 0) throw new SlipwayError('invalid', `${source.name} holds no row.`);
  const told = hasHead ? named(names) : { names: [...names], notes: [headless] };
  return { given: { kind: 'columns', names: told.names, rows }, notes: told.notes };
}

const headless = 'The first line holds numbers alone and was taken as a row.';

/** Of columns that share a name the later ones get a number, as in a table. */
function named(written: readonly string[]): { names: string[]; notes: string[] } {
  const taken = new Set(written);
  const seen = new Set<string>();
  const others: string[] = [];
  const names = written.map((own, index) => {
    let name = own;
    for (let count = 1; seen.has(own) && taken.has(name); count += 1) name = `${own}_${count}`;
    seen.add(own);
    taken.add(name);
    if (name !== own) others.push(`${own} in column ${index + 1} is called ${name} here`);
    return name;
  });
  return { names, notes: others.length === 0 ? [] : [`Columns share a name: ${others.join(', ')}.`] };
}
