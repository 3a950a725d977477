// How much data would tell.
import { normalQuantile } from '../distributions/normal';

/**
 * `effect` seen with standard error `error` on `size` units; `alpha` two-sided. `shared`: what no further unit takes from
 * the error, as a multiple of the variance of one unit: 1 / (k − 1) for k folds that share training data.
 */
export interface SeenEffect {
  effect: number;
  error: number;
  size: number;
  shared?: number;
  alpha?: number;
  power?: number;
}

/**
 * Units at which an effect as large as the one seen would be told from none with chance `power` (0.8 unless told);
 * infinite for no effect, and for one that the shared part of the error hides. The error is the root of
 * variance · (1 / size + shared).
 */
export function sufficientSize({ effect, error, size, shared = 0, alpha = 0.05, power = 0.8 }: SeenEffect): number {
  const reach = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  const allowed = (effect / (reach * error)) ** 2 * (1 / size + shared) - shared;
  return allowed > 0 ? Math.ceil(1 / allowed) : Number.POSITIVE_INFINITY;
}
