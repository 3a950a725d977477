// Smoothing runs over every point before anything is cut, so that neither zoom nor the width of a chart changes it.

/**
 * The debiased exponential moving average of a metric at each of its points: value i of n finite ones weighs
 * weight^(n-i), and the weights are divided by their sum. Points that are not finite are passed over: they keep what was
 * there before them. The same as pandas' `ewm(alpha=1-weight, adjust=True)` over the finite values.
 */
export function movingAverage(points: { length: number; value: Float64Array }, weight: number): Float64Array {
  const smooth = new Float64Array(points.length);
  let sum = 0;
  let weights = 0;
  let average = Number.NaN;
  for (let index = 0; index < points.length; index++) {
    const value = points.value[index] ?? 0;
    if (Number.isFinite(value)) {
      sum = sum * weight + value;
      weights = weights * weight + 1;
      average = sum / weights;
    }
    smooth[index] = average;
  }
  return smooth;
}
