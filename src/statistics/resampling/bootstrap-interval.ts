// What a bootstrap says of a number: its interval and the chance of seeing it without an effect.
import { normalCdf, normalQuantile } from '../distributions/normal';
import { studentCritical, studentTwoSided } from '../distributions/student-t';
import { mean, sampleVariance } from '../sample/moments';
import { quantileOfSorted } from '../sample/quantile';

/**
 * `replicates` are the number in each resample; `jackknife` the number with each unit (or group of units) left out, for
 * the bias-corrected and accelerated interval (BCa), without it the percentile interval is given. `units`: so many units
 * were resampled, and the interval is widened as Student's t is beside the normal (Hesterberg's expanded percentiles).
 */
export interface Bootstrapped {
  observed: number;
  replicates: Float64Array;
  jackknife?: Float64Array | undefined;
  units?: number | undefined;
  confidence?: number | undefined;
}

/**
 * `p` is two-sided, of the number being 0, and belongs to the interval. Where no resample crosses 0 it is read off the
 * standard error, and is at most one in the resamples.
 */
export interface BootstrapFinding {
  interval: [number, number];
  p: number;
  error: number;
}

/** NaN where fewer than two resamples have a value. Resamples without one (NaN) are left out. */
export function bootstrapInterval(options: Bootstrapped): BootstrapFinding {
  const { observed, jackknife, units, confidence = 0.95 } = options;
  const sorted = options.replicates.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length < 2 || Number.isNaN(observed)) {
    return { interval: [Number.NaN, Number.NaN], p: Number.NaN, error: Number.NaN };
  }
  const shape =
    jackknife === undefined ? plain : { bias: biasOf(sorted, observed), acceleration: accelerationOf(jackknife) };
  const reach = reachOf(1 - confidence, units);
  const end = (z: number): number => quantileOfSorted(sorted, normalCdf(corrected(z, shape)));
  return {
    interval: [end(-reach), end(reach)],
    p: pOfZero(sorted, shape, options),
    error: Math.sqrt(sampleVariance(sorted)),
  };
}

interface Shape {
  bias: number;
  acceleration: number;
}

const plain: Shape = { bias: 0, acceleration: 0 };

function corrected(z: number, { bias, acceleration }: Shape): number {
  const shifted = bias + z;
  return bias + shifted / (1 - acceleration * shifted);
}

/** How far the interval reaches on the normal scale. */
function reachOf(alpha: number, units: number | undefined): number {
  if (units === undefined) return -normalQuantile(alpha / 2);
  return Math.sqrt(units / (units - 1)) * studentCritical(alpha, units - 1);
}

/** The p at which the interval's end would lie on zero. */
function pOfZero(sorted: Float64Array, shape: Shape, { observed, units }: Bootstrapped): number {
  const share = shareBelow(sorted, 0);
  if (share === 0 || share === 1) {
    const most = 1 / (sorted.length + 1);
    const spread = Math.sqrt(sampleVariance(sorted));
    return spread > 0 ? Math.min(most, twoSided(observed / spread, units)) : most;
  }
  const u = normalQuantile(share) - shape.bias;
  return twoSided(u / (1 + shape.acceleration * u) - shape.bias, units);
}

function twoSided(z: number, units: number | undefined): number {
  if (units === undefined) return 2 * normalCdf(-Math.abs(z));
  return studentTwoSided(z / Math.sqrt(units / (units - 1)), units - 1);
}

function biasOf(sorted: Float64Array, observed: number): number {
  const bias = normalQuantile(shareBelow(sorted, observed));
  return Number.isFinite(bias) ? bias : 0;
}

/** The share below `value`; those equal to it count half. */
function shareBelow(sorted: Float64Array, value: number): number {
  return (firstNotBelow(sorted, value, false) + firstNotBelow(sorted, value, true)) / (2 * sorted.length);
}

/** Where the first number stands that is not below (`over`: that is above) `value`. */
function firstNotBelow(sorted: Float64Array, value: number, over: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] ?? 0;
    if (at < value || (over && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function accelerationOf(jackknife: Float64Array): number {
  const values = jackknife.filter((value) => !Number.isNaN(value));
  const centre = mean(values);
  let cubes = 0;
  let squares = 0;
  for (const value of values) {
    cubes += (centre - value) ** 3;
    squares += (centre - value) ** 2;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
