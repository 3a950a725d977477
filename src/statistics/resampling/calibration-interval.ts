// How sure an expected calibration error is. It is never below 0, so that few rows show one where there is none, and
// resampling shows still more: percentiles and BCa both lie wholly above the truth where scores are right.
import type { CalibrationBins } from '../curves/calibration-curve';
import { CalibrationError } from '../metrics/calibration-error';
import type { ScoredRows } from '../metrics/ranked-metric';
import { Random } from '../random';
import { quantileOfSorted } from '../sample/quantile';

/** Fewer units than that say nothing of how others would come out. */
const fewestUnits = 10;

/** Bins, and how often and from where units are drawn. */
export interface CalibrationDraws {
  draws: number;
  seed: number;
  bins?: number;
  strategy?: CalibrationBins;
  confidence?: number;
}

/**
 * `error` is the calibration error of the rows, as it is and not corrected. `noise` is what a model without fault would
 * show on average on such rows, and `p` the chance of it showing as much as `error`. `interval` is null of fewer than ten
 * units, and all is NaN where a score is.
 */
export interface CalibrationFinding {
  error: number;
  noise: number;
  interval: [number, number] | null;
  p: number;
}

/**
 * The calibration error of scores between 0 and 1 with an interval for that of all rows there could be, in the same bins.
 * Its lower end is the error less the distance (L1, over the bins) that resamples keep from what was seen: by the triangle
 * inequality it is not too high however small the true error is. Its upper end is the percentile of the resamples, which
 * lies too high where rows are few. `noise` is the mean of those distances, `p` the share that reach `error`. Units are
 * drawn with replacement, so that rows of one unit may belong together.
 */
export function calibrationInterval(rows: ScoredRows, options: CalibrationDraws): CalibrationFinding {
  const { draws, seed, bins = 10, strategy = 'uniform', confidence = 0.95 } = options;
  const metric = new CalibrationError(rows, { bins, strategy });
  const weights = new Int32Array(rows.units.count).fill(1);
  const seen = metric.gaps(weights).slice();
  const error = sizeOf(seen);
  const [sizes, distances] = [new Float64Array(draws), new Float64Array(draws)];
  const random = new Random(seed);
  for (let draw = 0; draw < draws; draw += 1) {
    weights.fill(0);
    for (let drawn = 0; drawn < weights.length; drawn += 1) {
      const unit = random.below(weights.length);
      weights[unit] = (weights[unit] as number) + 1;
    }
    const gaps = metric.gaps(weights);
    sizes[draw] = sizeOf(gaps);
    distances[draw] = sizeOf(gaps.map((gap, bin) => gap - (seen[bin] as number)));
  }
  if (Number.isNaN(error)) return { error, noise: Number.NaN, interval: null, p: Number.NaN };
  const [noise, reached] = [sizeOf(distances) / draws, distances.filter((distance) => distance >= error).length];
  const finding = { error, noise, p: (reached + 1) / (draws + 1) };
  if (rows.units.count < fewestUnits) return { ...finding, interval: null };
  const level = 0.5 + confidence / 2;
  const low = Math.max(0, error - quantileOfSorted(distances.sort(), level));
  return { ...finding, interval: [low, Math.max(error, quantileOfSorted(sizes.sort(), level))] };
}

function sizeOf(gaps: Float64Array): number {
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
}
