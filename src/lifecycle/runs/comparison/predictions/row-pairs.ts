// Which row of one file is which row of the others: rows are paired by id.
import { SlipwayError } from '../../../../base/errors';
import type { PredictionTable } from './table/prediction-table';

/** Something of each file of both sides; there is at least one of each. */
export interface OfSides<T> {
  baseline: readonly T[];
  candidate: readonly T[];
}

/**
 * Rows of the first file of each side whose id all files have, in the order of the baseline's; `rows` those of every file.
 * `only*`: ids of a side's first file that a file of the other side lacks.
 */
export interface RowPairs {
  baseline: Int32Array;
  candidate: Int32Array;
  rows: OfSides<Int32Array>;
  onlyBaseline: number;
  onlyCandidate: number;
}

/** Throws SlipwayError `invalid` where a file names an id twice. */
export function pairRows({ baseline, candidate }: OfSides<PredictionTable>): RowPairs {
  const places = { baseline: baseline.map(rowsById), candidate: candidate.map(rowsById) };
  const all = [...places.baseline, ...places.candidate];
  const lacking = (ids: readonly string[], others: readonly Map<string, number>[]): number =>
    ids.reduce((sum, id) => sum + (others.every((each) => each.has(id)) ? 0 : 1), 0);
  const [first, second] = [baseline[0]?.ids ?? [], candidate[0]?.ids ?? []];
  const common = first.filter((id) => all.every((each) => each.has(id)));
  const rowsOf = (of: Map<string, number>): Int32Array => Int32Array.from(common, (id) => of.get(id) ?? -1);
  const rows = { baseline: places.baseline.map(rowsOf), candidate: places.candidate.map(rowsOf) };
  return {
    baseline: rows.baseline[0] ?? new Int32Array(0),
    candidate: rows.candidate[0] ?? new Int32Array(0),
    rows,
    onlyBaseline: lacking(first, places.candidate),
    onlyCandidate: lacking(second, places.baseline),
  };
}

function rowsById({ name, ids }: PredictionTable): Map<string, number> {
  const rows = new Map<string, number>();
  let twice = 0;
  let example: string | undefined;
  for (const [row, id] of ids.entries()) {
    if (rows.has(id)) {
      twice += 1;
      example ??= id;
    }
    rows.set(id, row);
  }
  if (example === undefined) return rows;
  const count = twice === 1 ? 'one row repeats' : `${twice.toLocaleString('en-US')} rows repeat`;
  throw new SlipwayError(
    'invalid',
    `${name}: ${count} an id, such as ${example.slice(0, 100)}. Give each row an id of its own.`,
  );
}
