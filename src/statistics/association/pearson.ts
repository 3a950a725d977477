// Whether two quantities lie on a line: Pearson's correlation.

/**
 * From −1 to 1 over pairs without NaN, as numpy.corrcoef; NaN where one of the two does not vary, their squares
 * exceed a double, or there are fewer than two pairs.
 */
export function pearson(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length < 2) return Number.NaN;
  // From the first values on: equal values leave no trace of rounding, and far from zero nothing is rounded away.
  const [firstStart, secondStart] = [first[0] ?? 0, second[0] ?? 0];
  const [firstMean, secondMean] = [meanFrom(first, firstStart), meanFrom(second, secondStart)];
  let [both, firstSquares, secondSquares] = [0, 0, 0];
  for (let index = 0; index < first.length; index += 1) {
    const a = (first[index] ?? 0) - firstStart - firstMean;
    const b = (second[index] ?? 0) - secondStart - secondMean;
    both += a * b;
    firstSquares += a * a;
    secondSquares += b * b;
  }
  // Roots first: the product of two sums of squares may be infinite.
  const scale = Math.sqrt(firstSquares) * Math.sqrt(secondSquares);
  // Infinite sums say nothing of the quantities.
  return scale > 0 && scale < Number.POSITIVE_INFINITY ? Math.min(1, Math.max(-1, both / scale)) : Number.NaN;
}

function meanFrom(values: ArrayLike<number>, start: number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index] ?? 0) - start;
  return sum / values.length;
}
