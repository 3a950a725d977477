// Sum, mean and spread of numbers.

/** The sum, from the first on. */
export function total(values: ArrayLike<number>): number {
  let found = 0;
  for (let index = 0; index < values.length; index += 1) found += values[index] ?? 0;
  return found;
}

/** The mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return total(values) / values.length;
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

/** The standard deviation with n in the denominator, as numpy's; NaN of nothing. */
export function populationDeviation(values: Float64Array): number {
  const count = values.length;
  // Around a value from the middle, so that far-off samples keep their digits.
  const centre = values[count >> 1] ?? Number.NaN;
  let sum = 0;
  for (const value of values) sum += value - centre;
  const mean = sum / count;
  let squares = 0;
  for (const value of values) squares += (value - centre - mean) ** 2;
  return Math.sqrt(squares / count);
}
