// Whether numbers of one sample tend to lie above those of another: Mann and Whitney's test.
import { normalCdf } from '../../distributions/normal';
import { walkPooled } from './pooled-walk';

/** `less`: that the first lies below the second, which is all that Evidently asks. */
export type Alternative = 'two-sided' | 'less';

/** As scipy: exact where one sample has at most so many rows and no number occurs twice. */
const mostExact = 8;

/** The p, as scipy.stats.mannwhitneyu with method "auto" and its continuity correction. Samples ascend. */
export function mannWhitneyP(first: Float64Array, second: Float64Array, alternative: Alternative): number {
  const [n, m] = [first.length, second.length];
  let [above, ties] = [0, 0];
  walkPooled(first, second, (at) => {
    // Pairs of which the first is the larger, halves for equal ones.
    above += at.first * at.secondBelow + (at.first * at.second) / 2;
    const equal = at.first + at.second;
    ties += equal ** 3 - equal;
  });
  const u = alternative === 'less' ? n * m - above : Math.max(above, n * m - above);
  const sides = alternative === 'less' ? 1 : 2;
  if (Math.min(n, m) <= mostExact && ties === 0) return Math.min(1, sides * exactUpper(u, n, m));
  const all = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
  const z = (u - (n * m) / 2 - 0.5) / deviation;
  return Math.min(1, sides * normalCdf(-z));
}

/** P(U ≥ u) without ties: the coefficients of the Gaussian binomial count the orders that yield each U. */
function exactUpper(u: number, n: number, m: number): number {
  const [few, many] = n < m ? [n, m] : [m, n];
  const length = few * many + 1;
  let counts = new Float64Array(length);
  counts[0] = 1;
  for (let row = 1; row <= few; row += 1) {
    for (let at = length - 1; at >= many + row; at -= 1)
      counts[at] = (counts[at] ?? 0) - (counts[at - many - row] ?? 0);
    for (let at = row; at < length; at += 1) counts[at] = (counts[at] ?? 0) + (counts[at - row] ?? 0);
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  // U lies as often above n m − u as below u.
  counts = counts.subarray(0, Math.floor(n * m - u) + 1);
  return counts.reduce((sum, count) => sum + count, 0) / total;
}
