// Two sorted samples passed number by number, as rank tests need them.

/** One number of the pooled sample: how often either has it, and how many of either lie below it. */
export interface PooledValue {
  value: number;
  first: number;
  second: number;
  firstBelow: number;
  secondBelow: number;
}

/** Calls `take` for every number of two sorted samples, ascending, with one object that is used again. */
export function walkPooled(first: Float64Array, second: Float64Array, take: (at: PooledValue) => void): void {
  const [n, m] = [first.length, second.length];
  const at: PooledValue = { value: 0, first: 0, second: 0, firstBelow: 0, secondBelow: 0 };
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    const a = i < n ? (first[i] as number) : Number.POSITIVE_INFINITY;
    const b = j < m ? (second[j] as number) : Number.POSITIVE_INFINITY;
    at.value = a < b ? a : b;
    [at.firstBelow, at.secondBelow] = [i, j];
    while (i < n && first[i] === at.value) i += 1;
    while (j < m && second[j] === at.value) j += 1;
    [at.first, at.second] = [i - at.firstBelow, j - at.secondBelow];
    take(at);
  }
}
