// Many questions of one batch: the correction of Benjamini and Hochberg (1995), which bounds the share of false alarms.

/** The p values as they are after the step-up correction, in the order given; NaN stays NaN and counts as no test. */
export function benjaminiHochberg(values: readonly number[]): number[] {
  const order = values
    .map((p, index) => ({ p, index }))
    .filter(({ p }) => !Number.isNaN(p))
    .sort((a, b) => b.p - a.p);
  const adjusted = values.map(() => Number.NaN);
  let least = 1;
  for (const [rank, { p, index }] of order.entries()) {
    least = Math.min(least, (p * order.length) / (order.length - rank));
    adjusted[index] = least;
  }
  return adjusted;
}
