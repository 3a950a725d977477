// The best that a metric has been.
import type { MetricSummary } from '../../../src/protocol/run';

/** Value and step of a metric's best point, by its direction. */
export function bestOf(metric: MetricSummary): { value: MetricSummary['last']; step: number } | undefined {
  const [value, step] =
    metric.direction === 'up'
      ? [metric.max, metric.maxStep]
      : metric.direction === 'down'
        ? [metric.min, metric.minStep]
        : [null, null];
  return value === null || step === null ? undefined : { value, step };
}
