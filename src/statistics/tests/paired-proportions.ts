// The difference of two shares on the same rows, as of what two classifiers have right: Tango's score test (1998), and the
// interval of the differences that it does not refuse.
import { normalCdf, normalQuantile } from '../distributions/normal';

/** `fixed` rows that only the second has right, `broken` that only the first has, of `rows` in all; whole numbers. */
export interface DiscordantRows {
  fixed: number;
  broken: number;
  rows: number;
}

/**
 * `effect` is the second share less the first, (fixed − broken) / rows, `error` its standard error as it was seen (0
 * without discordant rows, where the interval still has a width). `z` is Tango's statistic, above 0 where more was seen
 * than asked for: its upper tail is the p of non-inferiority. `p` is two-sided.
 */
export interface PairedProportions {
  effect: number;
  error: number;
  interval: [number, number];
  z: number;
  p: number;
}

/**
 * Tango's interval, and his test that the difference is `delta0` (between −1 and 1; a margin as a number below 0). At 0 it
 * is McNemar's test in its large-sample form; `mcnemarMidP` is the better one there. NaN of no rows; throws RangeError where
 * more rows are discordant than there are, or one of the numbers is none such.
 */
export function pairedProportions(seen: DiscordantRows, { confidence = 0.95, delta0 = 0 } = {}): PairedProportions {
  const { fixed, broken, rows } = seen;
  const isCount = [fixed, broken, rows].every((count) => Number.isInteger(count) && count >= 0);
  if (!isCount || fixed + broken > rows || !(Math.abs(delta0) <= 1)) {
    throw new RangeError(`${fixed} and ${broken} of ${rows} rows, less ${delta0}, is no difference of two shares.`);
  }
  const effect = (fixed - broken) / rows;
  const error = Math.sqrt(fixed + broken - (fixed - broken) * effect) / rows;
  const z = scoreOf(seen, delta0);
  const reach = normalQuantile(0.5 + confidence / 2);
  return { effect, error, interval: [endOf(seen, reach), endOf(seen, -reach)], z, p: 2 * normalCdf(-Math.abs(z)) };
}

/** (fixed − broken − n δ) / √(n (2 q + δ (1 − δ))), q the likeliest chance of a broken row where the difference is δ. */
function scoreOf({ fixed, broken, rows }: DiscordantRows, delta: number): number {
  const linear = (2 * rows - fixed + broken) * delta - fixed - broken;
  const product = -broken * delta * (1 - delta);
  const root = Math.sqrt(Math.max(0, linear ** 2 - 8 * rows * product));
  // The form of the larger root that does not cancel.
  const q = linear > 0 ? (-2 * product) / (linear + root) : (root - linear) / (4 * rows);
  const distance = fixed - broken - rows * delta;
  const variance = rows * (2 * q + delta * (1 - delta));
  if (distance === 0) return rows > 0 ? 0 : Number.NaN;
  return variance > 0 ? distance / Math.sqrt(variance) : Math.sign(distance) * Number.POSITIVE_INFINITY;
}

/** The difference, on the side of the effect that `z` tells, at which the falling score is `z`: halved down to one number. */
function endOf(seen: DiscordantRows, z: number): number {
  const effect = (seen.fixed - seen.broken) / seen.rows;
  let [low, high] = z > 0 ? [-1, effect] : [effect, 1];
  while (low < high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (scoreOf(seen, middle) > z) low = middle;
    else high = middle;
  }
  return Number.isNaN(effect) ? Number.NaN : z > 0 ? high : low;
}
