// All metrics of a run, page by page, and the small curves of those in sight.
import { useRef } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import type { Host } from '../../kit/host';
import { keepEqual } from '../../kit/kept';
import { type Live, useLive } from '../../kit/live';

const pageSize = 1000;
const sparkBuckets = 80;
const keysPerQuery = 50;

/** The summaries of all metrics, by name. */
export function useMetrics(runId: string): Live<MetricSummary[]> {
  return useLive({ key: runId, rest: 250, load: (host, signal) => allMetrics(host, runId, signal) });
}

async function allMetrics(host: Host, runId: string, signal: AbortSignal): Promise<MetricSummary[]> {
  const found: MetricSummary[] = [];
  let page: string | null = null;
  do {
    const answer: { items: MetricSummary[]; next: string | null } = await host.query(
      'metrics.list',
      { runId, limit: pageSize, page },
      signal,
    );
    found.push(...answer.items);
    page = answer.next;
  } while (page !== null);
  return found;
}

/** Curves of a few metrics over their steps; what was loaded before stays until it is loaded again. */
export function useSparks(runId: string, keys: readonly string[]): ReadonlyMap<string, BucketSeries> {
  const known = useRef(new Map<string, BucketSeries>());
  useLive({
    key: keys.length === 0 ? '' : `${runId} ${keys.join(' ')}`,
    rest: 1000,
    load: async (host, signal) => {
      const wanted = keys.slice(0, keysPerQuery);
      const query = { runId, keys: wanted, axis: 'step', buckets: sparkBuckets } as const;
      const series = await host.query('metrics.buckets', { ...query, keys: [...wanted] }, signal);
      for (const each of series) known.current.set(each.key, keepEqual(known.current.get(each.key), each));
      return series;
    },
  });
  return known.current;
}
