// Whether one quantity rises with another, whatever the form of the curve: Spearman's rank correlation.
import { studentTwoSided } from '../distributions/student-t';
import { mean } from '../sample/moments';
import { averageRanks } from './ranks';

/** `rho` from −1 to 1; `p` two-sided; both NaN where one of the two does not vary or there are fewer than three pairs. */
export interface RankCorrelation {
  rho: number;
  p: number;
  n: number;
}

/**
 * Pearson's correlation of the ranks, ties included; p by Student's t with n − 2 degrees of freedom, as
 * scipy.stats.spearmanr. `first` and `second` are pairs without NaN.
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): RankCorrelation {
  const n = first.length;
  const [left, right] = [averageRanks(first), averageRanks(second)];
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let [both, leftSquares, rightSquares] = [0, 0, 0];
  for (let index = 0; index < n; index += 1) {
    const [a, b] = [(left[index] ?? 0) - leftMean, (right[index] ?? 0) - rightMean];
    both += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  }
  if (n < 3 || leftSquares === 0 || rightSquares === 0) return { rho: Number.NaN, p: Number.NaN, n };
  const rho = Math.min(1, Math.max(-1, both / Math.sqrt(leftSquares * rightSquares)));
  const t = rho * Math.sqrt((n - 2) / ((1 + rho) * (1 - rho)));
  return { rho, p: studentTwoSided(t, n - 2), n };
}
