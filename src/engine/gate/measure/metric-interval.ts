// One metric of one model, with an interval: by a formula where there is one, else by resampling.
import { confusionMatrix } from '../../../statistics/curves/confusion-matrix';
import type { ScoredRows } from '../../../statistics/metrics/ranked-metric';
import { calibrationInterval } from '../../../statistics/resampling/calibration-interval';
import { metricIntervals } from '../../../statistics/resampling/metric-intervals';
import { wilsonInterval } from '../../../statistics/sample/wilson-interval';
import { delongArea } from '../../../statistics/tests/delong';
import { type ChosenMetric, type JudgedRows, metricOf, once } from '../judged-holdout';
import { endInterval } from './end-interval';
import { intervalAt, resampled } from './resampled-level';

/** `interval` null where too few units, or too few resamples with a value, say anything. `by`: what made the interval. */
export interface MetricFinding {
  value: number;
  interval: [number, number] | null;
  by: string;
}

/** The candidate's. Wilson's interval for shares, DeLong's for the ROC AUC of two classes, one that faults nothing for a calibration error, else the BCa bootstrap; a cluster is always resampled. */
export function measureMetric(judged: JudgedRows, metric: ChosenMetric, alpha: number): MetricFinding {
  const value = metricOf(judged.candidate, metric).value(once(judged.units));
  if (Number.isNaN(value)) return { value, interval: null, by: 'none' };
  const share = judged.cluster === null ? shareOf(judged, metric) : undefined;
  if (share !== undefined) return { value, interval: wilsonInterval(share.hits, share.rows, 1 - alpha), by: 'Wilson' };
  const end = endInterval(judged, metric, { value, alpha });
  if (end !== undefined) return { value, interval: end, by: 'Wilson, rarest class' };
  const scored = scoredOf(judged);
  if (scored !== undefined && metric.name === 'ece') {
    const interval = intervalAt(
      alpha,
      value,
      (level) => calibrationInterval(scored, { ...resampled, confidence: 1 - level }).interval,
    );
    return { value, interval, by: 'bootstrap' };
  }
  if (scored !== undefined && judged.cluster === null && metric.name === 'roc_auc') {
    return { value, interval: delongArea(scored, 1 - alpha).interval, by: 'DeLong' };
  }
  const units = judged.units.count;
  const interval = intervalAt(alpha, value, (level) => {
    const options = { units, ...resampled, confidence: 1 - level };
    return metricIntervals([metricOf(judged.candidate, metric)], options)[0] ?? null;
  });
  return { value, interval, by: 'bootstrap (BCa)' };
}

/** Of two classes, the rows by the score of the second. */
function scoredOf({ candidate }: JudgedRows): ScoredRows | undefined {
  if (candidate.kind !== 'classes' || candidate.rows.classes !== 2) return undefined;
  const { truth: positive, scores, units } = candidate.rows;
  const score = scores?.[1];
  return score === undefined ? undefined : { positive, score, units };
}

/** A metric that is a share of rows; undefined for any other. */
function shareOf({ candidate }: JudgedRows, { name }: ChosenMetric): { hits: number; rows: number } | undefined {
  if (candidate.kind !== 'classes') return undefined;
  const { predicted, truth, classes } = candidate.rows;
  if (predicted === undefined) return undefined;
  if (name === 'accuracy') {
    return { hits: predicted.filter((label, row) => label === truth[row]).length, rows: truth.length };
  }
  if (classes !== 2 || (name !== 'recall' && name !== 'precision')) return undefined;
  const [, falseAlarms = 0, misses = 0, hits = 0] = confusionMatrix(truth, predicted, 2);
  const rows = hits + (name === 'recall' ? misses : falseAlarms);
  return rows > 0 ? { hits, rows } : undefined;
}
