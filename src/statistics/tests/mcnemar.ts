// McNemar's test of two classifiers on the same rows, exact, with mid-p.
import { binomialCdf, binomialPmf } from '../distributions/binomial';

/**
 * Two-sided mid-p of `fixed` rows that only the second has right and `broken` that only the first has. Fagerland, Lydersen
 * and Laake (2013): less conservative than the exact test, and within its level in practice. 1 where nothing differs.
 */
export function mcnemarMidP({ fixed, broken }: { fixed: number; broken: number }): number {
  const discordant = fixed + broken;
  if (fixed === broken) return 1;
  const fewer = Math.min(fixed, broken);
  const twoSided = 2 * binomialCdf(fewer, discordant, 0.5) - binomialPmf(fewer, discordant, 0.5);
  return Math.min(1, twoSided);
}
