// Two metrics of one run joined by step, so that one can be drawn over the other.
import type { PlacedPoints, PointColumns } from './placed-points';
import { type SmoothingRule, smoothingOf } from './smoothing';

/** Points in the order of their steps; `place` is the value of the metric on the axis and always finite. */
export interface JoinedPoints extends PlacedPoints {
  step: Float64Array;
  /** Points whose step the metric on the axis does not have. */
  unpaired: number;
  /** Points that it has NaN or an infinity for. */
  notFinite: number;
}

/**
 * The points of a metric over the values of `along`, by step. Of several points at one step the last of each metric
 * counts, and the others count nowhere. The metric is smoothed over its own points, with or without a partner.
 */
export function joinMetrics(points: PointColumns, along: PointColumns, rule: SmoothingRule): JoinedPoints {
  const pairs: { own: number; at: number }[] = [];
  let [unpaired, notFinite, behind] = [0, 0, 0];
  for (let own = 0; own < points.length; own++) {
    const step = points.step[own];
    if (own + 1 < points.length && points.step[own + 1] === step) continue;
    while (behind < along.length && (along.step[behind] ?? 0) <= (step ?? 0)) behind++;
    const at = behind - 1;
    if (at < 0 || along.step[at] !== step) unpaired++;
    else if (!Number.isFinite(along.value[at])) notFinite++;
    else pairs.push({ own, at });
  }
  const smooth = smoothingOf(points, rule);
  const pick = (column: Float64Array, place: 'own' | 'at'): Float64Array =>
    Float64Array.from(pairs, (pair) => column[pair[place]] ?? 0);
  return {
    step: pick(points.step, 'own'),
    place: pick(along.value, 'at'),
    value: pick(points.value, 'own'),
    smooth: smooth === undefined ? undefined : (index) => smooth(pairs[index]?.own ?? -1),
    unpaired,
    notFinite,
  };
}
