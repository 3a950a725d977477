// How well a share is known from so many trials.
import { normalQuantile } from '../distributions/normal';

/** Wilson's score interval of `successes` in `trials`; NaN without trials. */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): [number, number] {
  const z = normalQuantile(0.5 + confidence / 2);
  const share = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}
