// The regularised incomplete beta function: Student's t and the binomial distribution are made of it.
import { logBeta } from './log-gamma';

const tiny = 1e-300;
const mostTerms = 100_000;

/**
 * I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1. `rest` is 1 − x, for callers who know it more exactly than a subtraction would.
 */
export function incompleteBeta(x: number, { a, b, rest = 1 - x }: { a: number; b: number; rest?: number }): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const logFront = a * Math.log(x) + b * logOf(rest, x) - logBeta(a, b);
  // The fraction converges fast on the near side of the mean only.
  if (x < (a + 1) / (a + b + 2)) return (Math.exp(logFront) * fraction(x, a, b)) / a;
  return 1 - (Math.exp(a * logOf(x, rest) + b * Math.log(rest) - logBeta(a, b)) * fraction(rest, b, a)) / b;
}

/** ln(value), where `rest` = 1 − value is the exact one of the two. */
function logOf(value: number, rest: number): number {
  return rest < 0.5 ? Math.log1p(-rest) : Math.log(value);
}

/** The continued fraction of DiDonato and Morris' form, by Lentz' algorithm. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= mostTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    const step = d * c;
    result *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return result;
}

function guarded(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
