// What stands for several runs at one place of a chart, and the band around it.
import type { GroupCentre, GroupSpread } from '../../../../protocol/series';
import { studentCritical } from '../../../../statistics/distributions/student-t';
import { sampleVariance } from '../../../../statistics/sample/moments';
import { quantileOfSorted } from '../../../../statistics/sample/quantile';

/** How a group is summed up. */
export interface GroupRule {
  centre: GroupCentre;
  spread: GroupSpread;
}

/** The mean or median of values, ascending, at least one and all finite: never outside them, and exactly them where all are equal. */
export function centreOf(sorted: readonly number[], centre: GroupCentre): number {
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  // Shares of differences, so that neither the sum nor a difference is too great for a number.
  const of = sorted.length;
  const middle =
    centre === 'median'
      ? quantileOfSorted(sorted, 0.5)
      : least + sorted.reduce((sum, value) => sum + (value / of - least / of), 0);
  return Math.min(most, Math.max(least, middle));
}

/**
 * The band of values, ascending, around their centre: `sd` mean ± s with n − 1 in s; `ci` mean ± t·s/√n with Student's
 * t of n − 1 degrees at 95 %; `quartiles` the quarters by linear interpolation (numpy's default). Null for fewer than two
 * values, which tell nothing of a spread, and where it is too great for a number. A `range` is not of these values: it
 * is that of all points.
 */
export function bandOf(sorted: readonly number[], rule: GroupRule): { low: number | null; high: number | null } {
  if (sorted.length < 2) return { low: null, high: null };
  if (rule.spread === 'quartiles') {
    return { low: quantileOfSorted(sorted, 0.25), high: quantileOfSorted(sorted, 0.75) };
  }
  const centre = centreOf(sorted, 'mean');
  const deviation = Math.sqrt(sampleVariance(sorted));
  const half = rule.spread === 'sd' ? deviation : (criticalT(sorted.length - 1) * deviation) / Math.sqrt(sorted.length);
  const finite = (edge: number): number | null => (Number.isFinite(edge) ? edge : null);
  return { low: finite(centre - half), high: finite(centre + half) };
}

const critical = new Map<number, number>();

/** Student's t at 95 %, remembered: a chart asks for the same few at every bucket. */
function criticalT(degrees: number): number {
  const known = critical.get(degrees) ?? studentCritical(0.05, degrees);
  critical.set(degrees, known);
  return known;
}
