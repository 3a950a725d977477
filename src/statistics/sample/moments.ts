// Mean and spread of numbers.

/** The mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0;
  return sum / values.length;
}

/** The variance with n − 1 in the denominator; NaN of fewer than two, exactly 0 where all are the same. */
export function sampleVariance(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const first = values[0] ?? 0;
  // Around the first value, so that equal values leave no trace of rounding.
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index] ?? 0) - first;
  const centre = sum / values.length;
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) squares += ((values[index] ?? 0) - first - centre) ** 2;
  return squares / (values.length - 1);
}
