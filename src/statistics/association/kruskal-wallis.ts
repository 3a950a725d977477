// Whether groups lie at different heights: Kruskal and Wallis' test, with the share of variance that lies between them.
import { chiSquareUpper } from '../distributions/chi-square';
import { averageRanks } from './ranks';

/** `h` is corrected for ties, `share` is ε² from 0 to 1; all NaN where nothing varies or there are fewer than two groups. */
export interface GroupDifference {
  h: number;
  p: number;
  share: number;
  n: number;
}

/**
 * `groups` holds the number of each value's group, from 0 on. ε² = H / (n − 1) is the share of the ranks' variance that
 * lies between the groups (Tomczak and Tomczak 2014), as the square of Spearman's ρ is that along a line. p by χ².
 */
export function kruskalWallis(values: ArrayLike<number>, groups: ArrayLike<number>): GroupDifference {
  const n = values.length;
  const ranks = averageRanks(values);
  const sums = new Map<number, { sum: number; count: number }>();
  let total = 0;
  const centre = (n + 1) / 2;
  for (let index = 0; index < n; index += 1) {
    const rank = (ranks[index] ?? 0) - centre;
    const group = sums.get(groups[index] ?? 0) ?? { sum: 0, count: 0 };
    sums.set(groups[index] ?? 0, { sum: group.sum + rank, count: group.count + 1 });
    total += rank * rank;
  }
  if (sums.size < 2 || total === 0) return { h: Number.NaN, p: Number.NaN, share: Number.NaN, n };
  let between = 0;
  for (const { sum, count } of sums.values()) between += (sum * sum) / count;
  const share = Math.min(1, between / total);
  const h = share * (n - 1);
  return { h, p: chiSquareUpper(h, sums.size - 1), share, n };
}
