// How sure the metrics of one model are: its rows resampled.
import type { WeightedMetric } from '../metrics/weighted-metric';
import { bootstrapInterval } from './bootstrap-interval';
import { type PairedBootstrap, pairedBootstrap } from './paired-bootstrap';

/** Fewer units than that say nothing of how others would come out. */
export const fewestUnits = 10;
/** Resamples in which a metric has no value make the others a choice. */
const mostEmpty = 0.05;
/** One model stands against nothing: what differs is the metric itself. */
const nothing: WeightedMetric = { value: () => 0 };

/** Intervals (BCa), 95 % unless said, in the order of `metrics`; null where too few units, or resamples with a value, say anything. */
export function metricIntervals(
  metrics: readonly WeightedMetric[],
  bootstrap: PairedBootstrap & { confidence?: number },
): ([number, number] | null)[] {
  const { units, confidence } = bootstrap;
  if (units < fewestUnits) return metrics.map(() => null);
  const pairs = metrics.map((candidate) => ({ baseline: nothing, candidate }));
  return pairedBootstrap(pairs, bootstrap).map(({ effect, replicates, jackknife }) => {
    if (Number.isNaN(effect) || isMostlyEmpty(replicates)) return null;
    const { interval } = bootstrapInterval({ observed: effect, replicates, jackknife, units, confidence });
    return interval.some(Number.isNaN) ? null : interval;
  });
}

/** Whether too many resamples have no value for the others to say anything. */
export function isMostlyEmpty(replicates: Float64Array): boolean {
  return replicates.filter(Number.isNaN).length / replicates.length > mostEmpty;
}
