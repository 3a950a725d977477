// A metric that can be had again for rows that count more or less: what resampling asks for.
import { Random } from '../random';

/** A metric of one model over rows; each row belongs to a unit, and counts as often as its unit does. */
export interface WeightedMetric {
  /** `weights` has one number per unit, not below zero. NaN where the metric has no value, as of one class only. */
  value(weights: ArrayLike<number>): number;
}

/** Which unit each row belongs to, as numbers from 0 to `count` − 1. */
export interface RowUnits {
  of: Int32Array;
  count: number;
}

/** Every row a unit of its own. */
export function singleRows(rows: number): RowUnits {
  return { of: Int32Array.from({ length: rows }, (_, row) => row), count: rows };
}

/**
 * At most `most` units: each row by itself, or random groups of rows, as large as each other. Rows that have nothing to do
 * with each other vary as their groups do, and resampling groups costs as much as there are groups.
 */
export function rowGroups(rows: number, { most, seed }: { most: number; seed: number }): RowUnits {
  if (rows <= most) return singleRows(rows);
  const of = Int32Array.from({ length: rows }, (_, row) => row % most);
  return { of: new Random(seed).shuffle(of), count: most };
}
