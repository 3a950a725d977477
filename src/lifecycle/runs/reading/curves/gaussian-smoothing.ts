// Smoothing with a Gaussian kernel over every point, worked out only where a chart shows it.

/** The kernel ends so many standard deviations from its middle. */
const reach = 4;

/**
 * The Gaussian-smoothed value at a point, by its index. The finite values, in their order, are averaged with the weights
 * exp(−k²/2σ²) of their distance k in points, for |k| ≤ ⌊4σ + ½⌋, divided by the sum of the weights; beyond both ends
 * they are mirrored (… b a | a b … y z | z y …). `sigma` is σ, above 0, in points. The same as scipy's
 * `gaussian_filter1d(values, sigma, mode='reflect', truncate=4.0)` over the finite values. A point that is not finite is
 * passed over and answers what the finite one before it does; NaN where there is none.
 */
export function gaussianSmoothing(
  points: { length: number; value: Float64Array },
  sigma: number,
): (index: number) => number {
  const { values, rank } = finiteValues(points);
  const weights = kernel(sigma);
  return (index) => weighted(values, rank === undefined ? index : (rank[index] ?? -1), weights);
}

/** Half of the kernel, its middle first; the whole sums to 1. */
function kernel(sigma: number): Float64Array {
  const weights = new Float64Array(Math.floor(reach * sigma + 0.5) + 1);
  let sum = 0;
  for (let k = weights.length - 1; k >= 0; k--) {
    weights[k] = Math.exp((-0.5 * k * k) / (sigma * sigma));
    sum += (k === 0 ? 1 : 2) * (weights[k] ?? 0);
  }
  return weights.map((weight) => weight / sum);
}

function weighted(values: Float64Array, at: number, weights: Float64Array): number {
  const { length } = values;
  if (at < 0 || length === 0) return Number.NaN;
  let sum = (values[at] ?? 0) * (weights[0] ?? 0);
  const isInside = at >= weights.length && at + weights.length <= length;
  for (let k = 1; k < weights.length; k++) {
    const before = isInside ? at - k : mirrored(at - k, length);
    const behind = isInside ? at + k : mirrored(at + k, length);
    // Each by itself: the sum of two great values may be no number.
    sum += (values[before] ?? 0) * (weights[k] ?? 0) + (values[behind] ?? 0) * (weights[k] ?? 0);
  }
  return sum;
}

/** The place that is seen at `at` when the values are mirrored at both ends, again and again. */
function mirrored(at: number, length: number): number {
  const period = 2 * length;
  const within = ((at % period) + period) % period;
  return within < length ? within : period - 1 - within;
}

/** The finite values, and for each point the place of the last of them up to it; no places where all are finite. */
function finiteValues({ length, value }: { length: number; value: Float64Array }): {
  values: Float64Array;
  rank: Int32Array | undefined;
} {
  const all = value.subarray(0, length);
  if (all.every(Number.isFinite)) return { values: all, rank: undefined };
  const values = all.filter(Number.isFinite);
  const rank = new Int32Array(length);
  let found = -1;
  for (let index = 0; index < length; index++) {
    if (Number.isFinite(all[index])) found++;
    rank[index] = found;
  }
  return { values, rank };
}
