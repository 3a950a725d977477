// Several questions of one data set: Holm's correction.

/** The p values as they are after Holm's step-down correction, in the order given; NaN stays NaN and counts as no test. */
export function holm(values: readonly number[]): number[] {
  const order = values
    .map((p, index) => ({ p, index }))
    .filter(({ p }) => !Number.isNaN(p))
    .sort((a, b) => a.p - b.p);
  const adjusted = values.map(() => Number.NaN);
  let largest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (order.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
