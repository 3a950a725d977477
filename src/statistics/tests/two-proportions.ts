// Whether a thing happens equally often in two samples.
import { normalCdf } from '../distributions/normal';

/** `hits` of `rows`. */
export interface Proportion {
  hits: number;
  rows: number;
}

/**
 * The two-sided p of z = (p₁ − p₂) / √(p (1 − p) (1/n + 1/m)), p of both together; 1 where it happens always or never on
 * both sides.
 */
export function twoProportionTest(first: Proportion, second: Proportion): number {
  const pooled = (first.hits + second.hits) / (first.rows + second.rows);
  if (pooled === 0 || pooled === 1) return 1;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.rows + 1 / second.rows));
  const z = (first.hits / first.rows - second.hits / second.rows) / error;
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}
