// The mean of the middle half, which a few lucky or failed seeds do not move.

/** Leaves out the lowest and the highest quarter, rounded down, as rliable does; NaN of nothing. */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor(sorted.length / 4);
  let sum = 0;
  for (let index = cut; index < sorted.length - cut; index += 1) sum += sorted[index] ?? 0;
  return sum / (sorted.length - 2 * cut);
}
