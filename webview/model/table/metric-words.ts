// Metrics of a table in words.
import type { WireNumber } from '../../../src/protocol/number';
import type { MetricDirection } from '../../../src/protocol/run';
import { numberText } from '../../../src/protocol/wording';

const lessIsBetter = new Set(['log_loss', 'brier', 'rmse', 'mae']);
const shares = new Set(['accuracy', 'f1', 'f1_macro', 'roc_auc', 'brier']);

/** Of the metrics that a table is told. */
export function metricDirection(name: string): MetricDirection {
  return lessIsBetter.has(name) ? 'down' : 'up';
}

/** Whether it lies between 0 and 1. */
export function isShare(name: string): boolean {
  return shares.has(name);
}

/** `0.8833 to 0.9833`. */
export function intervalWords([low, high]: readonly [WireNumber, WireNumber]): string {
  return `${numberText(low)} to ${numberText(high)}`;
}
