// Which row of one file is which row of the other: rows are paired by id.
import { SlipwayError } from '../../../../base/errors';
import type { PredictionTable } from './table/prediction-table';

/** Rows of the two files that have the same id, in the order of the baseline's; and how many have no partner. */
export interface RowPairs {
  baseline: Int32Array;
  candidate: Int32Array;
  onlyBaseline: number;
  onlyCandidate: number;
}

/** Throws SlipwayError `invalid` where a file names an id twice. */
export function pairRows(baseline: PredictionTable, candidate: PredictionTable): RowPairs {
  const rows = rowsById(candidate);
  // Only seen for its refusal.
  rowsById(baseline);
  const pairs: [number, number][] = [];
  for (const [row, id] of baseline.ids.entries()) {
    const partner = rows.get(id);
    if (partner !== undefined) pairs.push([row, partner]);
  }
  return {
    baseline: Int32Array.from(pairs, ([row]) => row),
    candidate: Int32Array.from(pairs, ([, row]) => row),
    onlyBaseline: baseline.ids.length - pairs.length,
    onlyCandidate: candidate.ids.length - pairs.length,
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
