// The χ² distribution, by the regularised incomplete gamma function.
import { logGamma } from './log-gamma';

const tiny = 1e-300;
const mostTerms = 100_000;

/** P(X ≥ x) for `degrees` > 0 degrees of freedom; right in its own digits where it is small. */
export function chiSquareUpper(x: number, degrees: number): number {
  if (Number.isNaN(x) || !(degrees > 0)) return Number.NaN;
  if (x <= 0) return 1;
  if (!Number.isFinite(x)) return 0;
  const [a, half] = [degrees / 2, x / 2];
  const front = Math.exp(a * Math.log(half) - half - logGamma(a));
  // Each form converges fast on its own side of the mean.
  return half < a + 1 ? 1 - front * lowerSeries(half, a) : front * upperFraction(half, a);
}

/** Σ xᵏ / (a (a + 1) … (a + k)). */
function lowerSeries(x: number, a: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k <= mostTerms && term > sum * 1e-17; k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** Legendre's continued fraction, by Lentz' algorithm. */
function upperFraction(x: number, a: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let result = d;
  for (let k = 1; k <= mostTerms; k += 1) {
    const factor = -k * (k - a);
    b += 2;
    d = 1 / guarded(factor * d + b);
    c = guarded(b + factor / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}

function guarded(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** The x with P(X ≥ x) = p, for 0 < p ≤ 1; 0 without degrees of freedom. */
export function chiSquareCritical(p: number, degrees: number): number {
  if (!(degrees > 0)) return 0;
  let high = degrees + 1;
  while (chiSquareUpper(high, degrees) > p) high *= 2;
  let low = 0;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (chiSquareUpper(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return high;
}
