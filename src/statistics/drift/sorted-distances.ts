// How far two samples of numbers lie apart, by the shares of each that lie at or below every number. Both ascend.

/** `gap` is max |i m − j n| over the counts at or below a number: D times n times m, in whole numbers. */
export interface SortedDistances {
  gap: number;
  /** ∫ |F − G| dx: Wasserstein's first distance. */
  wasserstein: number;
  /** √(2 ∫ (F − G)² dx): the energy distance, as scipy's. */
  energy: number;
  /** The number at which the gap is. */
  at: number;
}

/** One walk over two sorted samples, neither empty. Equal numbers of both sides are passed before they are compared. */
export function sortedDistances(reference: Float64Array, current: Float64Array): SortedDistances {
  const [n, m] = [reference.length, current.length];
  let [i, j, gap, wasserstein, squares, at] = [0, 0, 0, 0, 0, Number.NaN];
  let last = 0;
  let difference = 0;
  while (i < n || j < m) {
    const a = i < n ? (reference[i] as number) : Number.POSITIVE_INFINITY;
    const b = j < m ? (current[j] as number) : Number.POSITIVE_INFINITY;
    const value = a < b ? a : b;
    if (difference !== 0) {
      const width = value - last;
      wasserstein += Math.abs(difference) * width;
      squares += difference * difference * width;
    }
    while (i < n && reference[i] === value) i += 1;
    while (j < m && current[j] === value) j += 1;
    const whole = Math.abs(i * m - j * n);
    if (whole > gap) [gap, at] = [whole, value];
    difference = i / n - j / m;
    last = value;
  }
  return { gap, wasserstein, energy: Math.sqrt(2 * squares), at };
}

/** How many different numbers a sorted sample holds, counted up to `most`. */
export function distinctSorted(values: Float64Array, most = Number.POSITIVE_INFINITY): number {
  let count = values.length > 0 ? 1 : 0;
  for (let index = 1; index < values.length && count < most; index += 1)
    if (values[index] !== values[index - 1]) count += 1;
  return count;
}

/** How often each number of two sorted samples occurs in either. */
export function valueCounts(
  reference: Float64Array,
  current: Float64Array,
): { values: Float64Array; reference: Float64Array; current: Float64Array } {
  const [values, first, second]: [number[], number[], number[]] = [[], [], []];
  let [i, j] = [0, 0];
  while (i < reference.length || j < current.length) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY);
    const [fromI, fromJ] = [i, j];
    while (reference[i] === value) i += 1;
    while (current[j] === value) j += 1;
    values.push(value);
    first.push(i - fromI);
    second.push(j - fromJ);
  }
  return {
    values: Float64Array.from(values),
    reference: Float64Array.from(first),
    current: Float64Array.from(second),
  };
}
