// Whether two samples of numbers are of one distribution: Kolmogorov and Smirnov's test.
import { kolmogorovUpper } from '../../distributions/kolmogorov';

/** `gap` is D · n · m, a whole number; `n` and `m` the sizes of the samples. */
export interface LargestDistance {
  gap: number;
  n: number;
  m: number;
}

/** As scipy: exact up to so many rows, else by the distribution of one sample of n m / (n + m). */
const mostExact = 10_000;

/** The two-sided p of D, as scipy.stats.ks_2samp with method "auto"; with ties it is too large, never too small. */
export function kolmogorovSmirnovP({ gap, n, m }: LargestDistance): number {
  if (gap === 0) return 1;
  if (Math.max(n, m) > mostExact) return kolmogorovUpper(gap / (n * m), rounded((n * m) / (n + m)));
  return n === m ? outsideSquare(n, gap / n) : outsideBand(n, m, gap);
}

/** To the nearest, halves to the even, as numpy does. */
function rounded(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** The share of paths through a square of side `n` that come `h` or further from its diagonal (Gnedenko and Korolyuk 1951). */
function outsideSquare(n: number, h: number): number {
  let rest = 0;
  for (let k = Math.floor(n / h); k >= 0; k -= 1) {
    let ratio = 1;
    for (let j = 0; j < h; j += 1) ratio *= (n - k * h - j) / (n + k * h + j + 1);
    rest = ratio * (1 - rest);
  }
  return Math.min(1, 2 * rest);
}

/**
 * The share of paths from (0, 0) to (n, m) with |i m − j n| ≥ gap somewhere. The chance of having been outside is the mean
 * of those of the two points before, weighted by the ways to them: numbers between 0 and 1 only (Viehmann 2021).
 */
function outsideBand(n: number, m: number, gap: number): number {
  let row = new Float64Array(m + 1);
  let next = new Float64Array(m + 1);
  for (let i = 0; i <= n; i += 1) {
    // Only |i m − j n| < gap lies inside; all else of the row is certain to have been outside.
    const from = Math.max(0, Math.floor((i * m - gap) / n) + 1);
    const to = Math.min(m, Math.ceil((i * m + gap) / n) - 1);
    if (from > 0) next[from - 1] = 1;
    for (let j = from; j <= to; j += 1) {
      const left = j === 0 ? 0 : (next[j - 1] as number);
      const before = i === 0 ? 0 : (row[j] as number);
      next[j] = i + j === 0 ? 0 : (i * before + j * left) / (i + j);
    }
    for (let j = to + 1; j <= m && j <= to + 1 + Math.ceil(m / n); j += 1) next[j] = 1;
    [row, next] = [next, row];
  }
  return Math.min(1, row[m] as number);
}
