// The binomial distribution.
import { incompleteBeta } from './incomplete-beta';
import { logBeta } from './log-gamma';

/** P(X = k) of n trials with chance p. */
export function binomialPmf(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p === 0 || p === 1) return k === n * p ? 1 : 0;
  return Math.exp(k * Math.log(p) + (n - k) * Math.log1p(-p) - logBeta(k + 1, n - k + 1) - Math.log(n + 1));
}

/** P(X ≤ k) of n trials with chance p. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, { a: n - k, b: k + 1, rest: p });
}
