// Metrics that are a function of sums over rows: losses and errors.
import type { RowUnits, WeightedMetric } from './weighted-metric';

/** Reads a metric from the weighted sums of its columns, in their order. */
export type SumFormula = (sums: Float64Array) => number;

/** One such metric. Rows of a unit are summed once, so that resampling costs as much as there are units. */
class SummedMetric implements WeightedMetric {
  readonly #columns: readonly Float64Array[];
  readonly #sums: Float64Array;
  readonly #formula: SumFormula;

  constructor(columns: readonly Float64Array[], units: RowUnits, formula: SumFormula) {
    this.#columns = columns.map((column) => sumsByUnit(column, units));
    this.#sums = new Float64Array(columns.length);
    this.#formula = formula;
  }

  value(weights: ArrayLike<number>): number {
    for (const [index, column] of this.#columns.entries()) {
      let sum = 0;
      for (let unit = 0; unit < column.length; unit += 1) sum += (column[unit] as number) * (weights[unit] as number);
      this.#sums[index] = sum;
    }
    return this.#formula(this.#sums);
  }
}

function sumsByUnit(column: Float64Array, { of, count }: RowUnits): Float64Array {
  const sums = new Float64Array(count);
  for (let row = 0; row < column.length; row += 1) {
    const unit = of[row] ?? 0;
    sums[unit] = (sums[unit] ?? 0) + (column[row] ?? 0);
  }
  return sums;
}

/** Values of rows, told and true. */
export interface NumberRows {
  truth: Float64Array;
  predicted: Float64Array;
  units: RowUnits;
}

/** The weighted mean of a value per row. */
export function meanMetric(values: Float64Array, units: RowUnits, of: (mean: number) => number = same): SummedMetric {
  return new SummedMetric([values, ones(values.length)], units, ([sum = 0, count = 0]) => of(sum / count));
}

/** The coefficient of determination; of a truth without spread 1 where all is right, else 0, as scikit-learn has it. */
export function r2Metric({ truth, predicted, units }: NumberRows): SummedMetric {
  // Around its mean, as sums of large squares would cancel each other out.
  const centre = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const centred = truth.map((value) => value - centre);
  const squares = centred.map((value) => value * value);
  const errors = truth.map((value, row) => (value - (predicted[row] ?? 0)) ** 2);
  const columns = [errors, squares, centred, ones(truth.length)];
  return new SummedMetric(columns, units, ([error = 0, square = 0, sum = 0, count = 0]) => {
    const spread = square - (sum * sum) / count;
    if (!(spread > square * 1e-15)) return count > 0 ? (error === 0 ? 1 : 0) : Number.NaN;
    return 1 - error / spread;
  });
}

function ones(count: number): Float64Array {
  return new Float64Array(count).fill(1);
}

function same(value: number): number {
  return value;
}
