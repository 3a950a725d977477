// Expected calibration error as a metric that can be resampled: how far scores are from the shares of positive rows.
import { type CalibrationBins, calibrationPlaces } from '../curves/calibration-curve';
import type { ScoredRows } from './ranked-metric';
import type { WeightedMetric } from './weighted-metric';

/** The bins that scikit-learn's calibration_curve has when it is told 10 of one width. */
const usualBins = { bins: 10, strategy: 'uniform' } as const;

/**
 * Σ over bins |Σ w (positive − score)| / Σ w (Naeini, Cooper and Hauskrecht 2015), for scores between 0 and 1; with equal
 * weights `calibrationError` of the same bins. The edges of quantile bins are those of all rows, whatever the weights. NaN
 * where no row counts or a score is NaN.
 *
 * It is never below 0, so that few rows show an error where there is none: of a model without fault about
 * 0.8 √(bins · p (1 − p) / rows), and resamples show still more. It is told as it is; how sure it is says
 * `calibrationInterval`, and no percentile or BCa interval. Between two models on the same rows most of it cancels out.
 */
export class CalibrationError implements WeightedMetric {
  /** What rows of one unit in one bin have in common is summed once. */
  readonly #units: Int32Array;
  readonly #bins: Int32Array;
  readonly #gaps: Float64Array;
  readonly #rows: Float64Array;
  readonly #sums: Float64Array;

  constructor({ positive, score, units }: ScoredRows, given: { bins: number; strategy: CalibrationBins } = usualBins) {
    const places = calibrationPlaces(score, given);
    const entryOf = new Map<number, number>();
    const [gaps, rows] = [new Float64Array(score.length), new Float64Array(score.length)];
    for (let row = 0; row < score.length; row += 1) {
      const key = (units.of[row] ?? 0) * given.bins + (places[row] ?? 0);
      const entry = entryOf.get(key) ?? entryOf.size;
      entryOf.set(key, entry);
      gaps[entry] = (gaps[entry] ?? 0) + (positive[row] === 1 ? 1 : 0) - (score[row] ?? 0);
      rows[entry] = (rows[entry] ?? 0) + 1;
    }
    const keys = Int32Array.from(entryOf.keys());
    this.#units = keys.map((key) => Math.floor(key / given.bins));
    this.#bins = keys.map((key) => key % given.bins);
    this.#gaps = gaps.slice(0, keys.length);
    this.#rows = rows.slice(0, keys.length);
    this.#sums = new Float64Array(given.bins);
  }

  value(weights: ArrayLike<number>): number {
    return this.gaps(weights).reduce((sum, gap) => sum + Math.abs(gap), 0);
  }

  /** Σ w (positive − score) / Σ w of each bin, in an array that the next call overwrites. */
  gaps(weights: ArrayLike<number>): Float64Array {
    const gaps = this.#sums.fill(0);
    let rows = 0;
    for (let entry = 0; entry < this.#units.length; entry += 1) {
      const weight = weights[this.#units[entry] as number] ?? 0;
      const bin = this.#bins[entry] as number;
      gaps[bin] = (gaps[bin] as number) + weight * (this.#gaps[entry] as number);
      rows += weight * (this.#rows[entry] as number);
    }
    for (let bin = 0; bin < gaps.length; bin += 1) gaps[bin] = (gaps[bin] as number) / rows;
    return gaps;
  }
}
