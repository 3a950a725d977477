// Student's t distribution. Degrees of freedom need not be whole.
import { incompleteBeta } from './incomplete-beta';

/** P(|T| ≥ |t|). */
export function studentTwoSided(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0)) return Number.NaN;
  if (!Number.isFinite(t)) return 0;
  const square = t * t;
  const sum = degrees + square;
  return incompleteBeta(degrees / sum, { a: degrees / 2, b: 0.5, rest: square / sum });
}

/** The t ≥ 0 with P(|T| ≥ t) = p, for 0 < p ≤ 1. */
export function studentCritical(p: number, degrees: number): number {
  let high = 1;
  while (studentTwoSided(high, degrees) > p) high *= 2;
  let low = 0;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentTwoSided(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return high;
}
