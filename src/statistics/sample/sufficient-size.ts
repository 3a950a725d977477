// How much data would tell.
import { normalQuantile } from '../distributions/normal';

/** `effect` seen with standard error `error` on `size` units; `alpha` two-sided. */
export interface SeenEffect {
  effect: number;
  error: number;
  size: number;
  alpha?: number;
  power?: number;
}

/**
 * Units at which an effect as large as the one seen would be told from none with chance `power` (0.8 unless told);
 * infinite for no effect. The error is taken to shrink with the root of the size.
 */
export function sufficientSize({ effect, error, size, alpha = 0.05, power = 0.8 }: SeenEffect): number {
  const reach = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return Math.ceil(size * ((reach * error) / effect) ** 2);
}
