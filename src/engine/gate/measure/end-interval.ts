// Shares at their very end, where all rows are right or none is. Resampling sees no spread there, and that is no certainty.
import { wilsonInterval } from '../../../statistics/sample/wilson-interval';
import type { ChosenMetric, JudgedRows } from '../judged-holdout';

const ofLabels = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'f1',
  'precision_macro',
  'recall_macro',
  'f1_macro',
];
const shares: ReadonlySet<string> = new Set([...ofLabels, 'roc_auc', 'average_precision']);
const labelShares: ReadonlySet<string> = new Set(ofLabels);

/**
 * An interval for a share that is 1 or 0; undefined for any other value or metric. Wilson's of as many trials as the rarest
 * class has rows (or as there are units, where they are fewer): each of them was right, and so was each of as many pairs with
 * a row of another class, whose share the area under the ROC curve is. An F1 of 0 with a recall of r is at most 2r / (1 + r).
 */
export function endInterval(
  judged: JudgedRows,
  { name }: ChosenMetric,
  { value, alpha }: { value: number; alpha: number },
): [number, number] | undefined {
  const trials = shares.has(name) && (value === 0 || value === 1) ? trialsOf(judged) : 0;
  if (trials === 0) return undefined;
  const [low, high] = wilsonInterval(value * trials, trials, 1 - alpha);
  return value === 1 ? [low, 1] : [0, (2 * high) / (1 + high)];
}

/** How far a share of two models may be apart that did not differ in any row; undefined for what is no share. `value` is that of both. */
export function stillInterval(
  judged: JudgedRows,
  metric: ChosenMetric,
  { value, alpha }: { value: number; alpha: number },
): [number, number] | undefined {
  if (!labelShares.has(metric.name) && value !== 0 && value !== 1) return undefined;
  const found = endInterval(judged, metric, { value: 1, alpha });
  return found && [found[0] - 1, 1 - found[0]];
}

/** Rows of the rarest class that is there, units where they are fewer; 0 of what are no classes. */
function trialsOf({ candidate, units }: JudgedRows): number {
  if (candidate.kind !== 'classes') return 0;
  const counts = new Map<number, number>();
  for (const label of candidate.rows.truth) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.min(units.count, ...counts.values());
}
