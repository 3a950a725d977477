// Whether two samples are of one distribution, by all of the difference between them: Cramér and von Mises' test.
import { cramerVonMisesUpper } from '../../distributions/cramer-von-mises';
import { walkPooled } from './pooled-walk';

/** As scipy: all orders are counted where both samples have at most so many rows. */
const mostExact = 20;

/** The p of two sorted samples of two rows or more, as scipy.stats.cramervonmises_2samp; NaN of fewer. */
export function cramerVonMisesP(first: Float64Array, second: Float64Array): number {
  const [n, m] = [first.length, second.length];
  if (n < 2 || m < 2) return Number.NaN;
  let [left, right] = [0, 0];
  walkPooled(first, second, (at) => {
    const rank = at.firstBelow + at.secondBelow + (at.first + at.second + 1) / 2;
    for (let each = 1; each <= at.first; each += 1) left += (rank - at.firstBelow - each) ** 2;
    for (let each = 1; each <= at.second; each += 1) right += (rank - at.secondBelow - each) ** 2;
  });
  const u = n * left + m * right;
  if (Math.max(n, m) <= mostExact) return exactUpper(u, n, m);
  const [both, all] = [n * m, n + m];
  const t = u / (both * all) - (4 * both - 1) / (6 * all);
  const expected = (1 + 1 / all) / 6;
  const variance = ((all + 1) * (4 * both * all - 3 * (n ** 2 + m ** 2) - 2 * both)) / (45 * all ** 2 * 4 * both);
  return cramerVonMisesUpper(1 / 6 + (t - expected) / Math.sqrt(45 * variance));
}

/** The share of all orders whose statistic is at least as large (Xiao, Gordon and Yakovlev 2006, algorithm 1). */
function exactUpper(u: number, n: number, m: number): number {
  const common = (n * m) / divisor(n, m);
  const [a, b, both] = [common / n, common / m, n * m];
  const least = Math.floor((common ** 2 * (n + m) * (6 * u - both * (4 * both - 1))) / (6 * both ** 2));
  let row: Map<number, number>[] = [];
  for (let j = 0; j <= m; j += 1) {
    const next: Map<number, number>[] = [];
    for (let i = 0; i <= n; i += 1) {
      const sums = new Map<number, number>();
      const step = (a * i - b * j) ** 2;
      for (const before of [next[i - 1], row[i]])
        for (const [sum, ways] of before ?? []) sums.set(sum + step, (sums.get(sum + step) ?? 0) + ways);
      if (i + j === 0) sums.set(0, 1);
      next.push(sums);
    }
    row = next;
  }
  let [above, all] = [0, 0];
  for (const [sum, ways] of row[n] ?? []) {
    all += ways;
    if (sum >= least) above += ways;
  }
  return above / all;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
