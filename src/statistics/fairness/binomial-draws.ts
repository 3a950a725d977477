// How often a thing happens in so many trials, drawn at random.
import type { Random } from '../random';

/** From this variance on the normal is as good: its error is far below what resampling shows. */
const muchVariance = 100;

/** A number of hits among `trials`, each with the chance `share` in [0, 1]. */
export function binomialDraw(trials: number, share: number, random: Random): number {
  if (share > 0.5) return trials - binomialDraw(trials, 1 - share, random);
  if (share <= 0) return 0;
  const variance = trials * share * (1 - share);
  if (variance >= muchVariance) {
    const drawn = Math.round(trials * share + Math.sqrt(variance) * random.normal());
    return Math.min(trials, Math.max(0, drawn));
  }
  return byWaiting(trials, share, random);
}

/** The trials up to each hit are geometric (Devroye 1986, X.4.3): as many steps as there are hits. */
function byWaiting(trials: number, share: number, random: Random): number {
  const scale = Math.log1p(-share);
  let hits = -1;
  for (let passed = 0; passed <= trials; hits += 1) {
    passed += Math.floor(Math.log(1 - random.uniform()) / scale) + 1;
  }
  return hits;
}
