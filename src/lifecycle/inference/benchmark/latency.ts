// Times of single runs, summed up.
import type { Latency, LatencyHistogram, TimedQuantile } from '../../../protocol/inference/benchmark/benchmark';
import { quantileRanks } from '../../../statistics/sample/quantile-interval';

const bins = 40;

/** Of at least one time, in milliseconds. */
export function latencyOf(times: readonly number[]): Latency {
  const sorted = Float64Array.from(times).sort();
  return {
    runs: sorted.length,
    mean: sorted.reduce((sum, each) => sum + each, 0) / sorted.length,
    p50: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) as number,
  };
}

/** Milliseconds between which the quantile lies; the higher end null where there are too few times to have one. */
export function quantileInterval(
  times: readonly number[],
  { share, confidence }: Pick<TimedQuantile, 'share' | 'confidence'>,
): [number, number | null] {
  const sorted = Float64Array.from(times).sort();
  const [low, high] = quantileRanks(sorted.length, share, confidence);
  return [sorted[low - 1] ?? 0, sorted[high - 1] ?? null];
}

/** Linear between the two nearest of the sorted values: numpy's default. */
function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (at - below) * (high - low);
}

/** Every time is in one of the bins. */
export function histogramOf(times: readonly number[]): LatencyHistogram {
  const least = Math.max(
    1e-6,
    times.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY),
  );
  const most =
    Math.max(
      least,
      times.reduce((high, each) => Math.max(high, each), 0),
    ) *
    (1 + 1e-9);
  const factor = Math.max((most / least) ** (1 / bins), 1 + 1e-9);
  const edges = Array.from({ length: bins + 1 }, (_, at) => least * factor ** at);
  const counts = Array<number>(bins).fill(0);
  for (const each of times) {
    const at = Math.floor(Math.log(Math.max(each, least) / least) / Math.log(factor));
    const bin = Math.min(bins - 1, Math.max(0, at));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { edges, counts };
}
