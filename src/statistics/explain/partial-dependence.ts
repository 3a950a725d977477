// What a model says when one feature is set to one value after the other.
import { quantileOfSorted } from '../sample/quantile';
import { type RowPredictor, rowsAtOnce } from './row-predictor';

/** `rows` row-major, of `width` values; `feature` is a place in them. */
export interface DependenceCase {
  rows: Float64Array;
  width: number;
  feature: number;
}

/**
 * One curve a row over `grid` (individual conditional expectation, Goldstein 2015) and their mean (Friedman's partial
 * dependence 2001), as sklearn.inspection.partial_dependence with method "brute".
 */
export async function partialDependence(
  predict: RowPredictor,
  { rows, width, feature }: DependenceCase,
  grid: Float64Array,
): Promise<{ mean: Float64Array; curves: Float64Array[] }> {
  const count = rows.length / width;
  const curves = Array.from({ length: count }, () => new Float64Array(grid.length));
  const step = Math.max(1, Math.floor(rowsAtOnce / grid.length));
  for (let start = 0; start < count; start += step) {
    const some = rows.subarray(start * width, Math.min(count, start + step) * width);
    const set = new Float64Array(some.length * grid.length);
    for (const [at, value] of grid.entries()) {
      const own = set.subarray(at * some.length, (at + 1) * some.length);
      own.set(some);
      for (let place = feature; place < own.length; place += width) own[place] = value;
    }
    const each = some.length / width;
    const answers = await predict(set, each * grid.length);
    for (const [at, answer] of answers.entries()) {
      (curves[start + (at % each)] as Float64Array)[Math.floor(at / each)] = answer;
    }
  }
  const mean = grid.map((_, at) => curves.reduce((sum, curve) => sum + (curve[at] as number), 0) / count);
  return { mean, curves };
}

/** All finite values, ascending, where they are at most `most`; else `most` quantiles of them. Equal ones once. */
export function valueGrid(values: Float64Array, most: number): Float64Array {
  const sorted = values.filter(Number.isFinite).sort();
  const own = new Set(sorted);
  if (own.size <= most) return Float64Array.from(own);
  const places = Array.from({ length: most }, (_, at) => quantileOfSorted(sorted, at / (most - 1)));
  return Float64Array.from(new Set(places));
}
