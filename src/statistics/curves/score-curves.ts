// ROC and precision-recall curves, point for point those of scikit-learn (roc_curve, precision_recall_curve).
import type { ScoreCounts } from './score-counts';

/** Points of a curve in the order in which it is drawn; `thresholds` the score from which on a row counts as positive. */
export interface ScoreCurve {
  x: number[];
  y: number[];
  thresholds: number[];
}

/**
 * False positive rate (x) and true positive rate (y) from (0, 0), with threshold +∞, to (1, 1). Points on a straight line
 * between their neighbours are left out, as `drop_intermediate=True` does. A rate of no rows is NaN.
 */
export function rocCurve({ thresholds, hits, alarms, positives, negatives }: ScoreCounts): ScoreCurve {
  const curve: ScoreCurve = { x: [0], y: [0], thresholds: [Number.POSITIVE_INFINITY] };
  if (negatives === 0) curve.x[0] = Number.NaN;
  if (positives === 0) curve.y[0] = Number.NaN;
  const last = thresholds.length - 1;
  for (const [place, threshold] of thresholds.entries()) {
    const isBent = place === 0 || place === last || isCorner(hits, place) || isCorner(alarms, place);
    if (!isBent) continue;
    curve.x.push(negatives === 0 ? Number.NaN : (alarms[place] ?? 0) / negatives);
    curve.y.push(positives === 0 ? Number.NaN : (hits[place] ?? 0) / positives);
    curve.thresholds.push(threshold);
  }
  return curve;
}

function isCorner(counts: Float64Array, place: number): boolean {
  const here = counts[place] ?? 0;
  return here - (counts[place - 1] ?? 0) !== (counts[place + 1] ?? 0) - here;
}

/**
 * Recall (x) and precision (y) from threshold to threshold, lowest score first, as scikit-learn has them; the last point,
 * recall 0 with precision 1, has no threshold. Without a positive row recall is 1 everywhere.
 */
export function precisionRecallCurve({ thresholds, hits, alarms, positives }: ScoreCounts): ScoreCurve {
  const curve: ScoreCurve = { x: [], y: [], thresholds: [] };
  for (let place = thresholds.length - 1; place >= 0; place -= 1) {
    const hit = hits[place] ?? 0;
    curve.x.push(positives === 0 ? 1 : hit / positives);
    curve.y.push(hit / (hit + (alarms[place] ?? 0)));
    curve.thresholds.push(thresholds[place] ?? 0);
  }
  curve.x.push(0);
  curve.y.push(1);
  return curve;
}

/** The area under the ROC curve by the trapezoidal rule; NaN of one class only. */
export function areaUnder({ x, y }: Pick<ScoreCurve, 'x' | 'y'>): number {
  let area = 0;
  for (let place = 1; place < x.length; place += 1) {
    area += (((x[place] ?? 0) - (x[place - 1] ?? 0)) * ((y[place] ?? 0) + (y[place - 1] ?? 0))) / 2;
  }
  return area;
}

/**
 * Average precision: the precision at each threshold, weighted by the recall gained there. NaN without a positive row.
 */
export function averagePrecisionOf({ x, y }: Pick<ScoreCurve, 'x' | 'y'>, positives: number): number {
  if (positives === 0) return Number.NaN;
  let sum = 0;
  for (let place = 0; place < x.length - 1; place += 1) {
    sum += ((x[place] ?? 0) - (x[place + 1] ?? 0)) * (y[place] ?? 0);
  }
  return sum;
}
