// Where a number stands among numbers that ascend.

/** How many of `sorted` lie below `value`. */
export function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  return partition(sorted, (each) => each < value);
}

/** How many of `sorted` are at most `value`. */
export function firstAbove(sorted: ArrayLike<number>, value: number): number {
  return partition(sorted, (each) => each <= value);
}

function partition(sorted: ArrayLike<number>, isBefore: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
