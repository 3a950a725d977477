// Draws without replacement.
import type { Random } from '../random';
import { logGamma } from './log-gamma';

/** `drawn` of `all` things, of which `marked` are marked. */
export interface Draw {
  all: number;
  marked: number;
  drawn: number;
}

/** ln of the chance that `hits` of the drawn are marked; −∞ where that cannot be. */
export function logHypergeometric(hits: number, { all, marked, drawn }: Draw): number {
  if (hits < Math.max(0, drawn + marked - all) || hits > Math.min(marked, drawn)) return Number.NEGATIVE_INFINITY;
  return logChoose(marked, hits) + logChoose(all - marked, drawn - hits) - logChoose(all, drawn);
}

/** How many of the drawn are marked, at random: by inversion from the mode outwards, in steps of the order of its deviation. */
export function randomHypergeometric({ all, marked, drawn }: Draw, random: Random): number {
  const [least, most] = [Math.max(0, drawn + marked - all), Math.min(marked, drawn)];
  if (least === most) return least;
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (marked + 1)) / (all + 2))));
  const start = Math.exp(logHypergeometric(mode, { all, marked, drawn }));
  let left = random.uniform() - start;
  let [up, down, above, below] = [mode, mode, start, start];
  while (left > 0 && (up < most || down > least)) {
    if (up < most) {
      above *= ((marked - up) * (drawn - up)) / ((up + 1) * (all - marked - drawn + up + 1));
      up += 1;
      left -= above;
      if (left <= 0) return up;
    }
    if (down > least) {
      below *= (down * (all - marked - drawn + down)) / ((marked - down + 1) * (drawn - down + 1));
      down -= 1;
      left -= below;
      if (left <= 0) return down;
    }
  }
  return mode;
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
