// Resamples, and how far into their tails they reach.
import { normalQuantile } from '../../../statistics/distributions/normal';

/** Resamples, from one seed on: the same rows give the same interval. */
export const resampled = { draws: 2000, seed: 1 };
/** Five of the draws lie in each tail. Of fewer the outermost would decide, which reach less far than a smaller alpha asks for. */
const leastAlpha = 10 / resampled.draws;

/**
 * The interval that `interval` resamples at `alpha`; where that is less than the draws can tell, the one at what they can
 * tell, widened as that of a normal distribution would be. `value` is what the interval is of.
 */
export function intervalAt(
  alpha: number,
  value: number,
  interval: (alpha: number) => [number, number] | null,
): [number, number] | null {
  if (alpha >= leastAlpha) return interval(alpha);
  const found = interval(leastAlpha);
  if (found === null) return null;
  const scale = normalQuantile(1 - alpha / 2) / normalQuantile(1 - leastAlpha / 2);
  const [low, high] = found;
  return [Math.min(low, value - scale * (value - low)), Math.max(high, value + scale * (high - value))];
}
