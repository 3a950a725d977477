// A metric that can be had again for rows that count more or less: what resampling asks for.

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
