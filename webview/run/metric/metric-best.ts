// The best that a metric has been.
import type { MetricSummary } from '../../../src/protocol/run';

/** Value and step of a metric's best point, by its direction; none where that is no number: nothing is best at Infinity. */
export function bestOf(metric: MetricSummary): { value: number; step: number } | undefined {
  const [value, step] =
    metric.direction === 'up'
      ? [metric.max, metric.maxStep]
      : metric.direction === 'down'
        ? [metric.min, metric.minStep]
        : [null, null];
  return typeof value !== 'number' || step === null ? undefined : { value, step };
}
