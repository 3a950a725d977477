// How much each column counts in the model: as slipway.yaml says, told as shares.
import type { DriftColumn } from '../drift';

/** By column; a column that is not named has no known weight. */
export type ColumnWeights = Readonly<Record<string, number>>;

/** Each weight as a share of all that are given, from 0 to 1, of the columns that were judged; none where all are 0. */
export function weightShares(columns: readonly DriftColumn[], weights: ColumnWeights): Map<string, number> {
  const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) return new Map();
  return new Map(
    columns.flatMap(({ column }): [string, number][] =>
      Object.hasOwn(weights, column) ? [[column, (weights[column] ?? 0) / all]] : [],
    ),
  );
}

/** `34 %`, `< 1 %`; `–` where it is not known. */
export function weightText(share: number | undefined): string {
  if (share === undefined) return '–';
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;
}
