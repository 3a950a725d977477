// The metrics of a run, and the small curves of those in sight. Of very many only the names are all fetched.
import { useRef } from 'react';
import { everyPage } from '../../../src/protocol/every-page';
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import type { MetricSummary } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import type { Host } from '../../kit/host/host';
import { keepEqual } from '../../kit/host/keep-equal';
import { type Live, useLive } from '../../kit/host/live';
import { handGiven } from './table-rows';

const pageSize = 1000;
const namesPage = 10_000;
const sparkBuckets = 80;
const keysPerQuery = 50;
/** So many metrics of the machine are known at once in a run that has too many to know all. */
const machineMetrics = 200;
/** And so many of those whose names a person gave. */
const handGivenMetrics = 500;

/**
 * What is known of a run's metrics: all names in order, and summaries. Of very many those of the names that a person gave
 * stand first; then come the first of the others, the charted and the machine's.
 */
export interface RunMetrics {
  names: string[];
  items: MetricSummary[];
}

/** The metrics of a run; `wanted` are summarized whatever their place. */
export function useMetrics(runId: string, wanted: readonly string[]): Live<RunMetrics> {
  return useLive({ key: runId, rest: 250, load: (host, signal) => loadMetrics(host, { runId, wanted }, signal) });
}

async function loadMetrics(
  host: Host,
  { runId, wanted }: { runId: string; wanted: readonly string[] },
  signal: AbortSignal,
): Promise<RunMetrics> {
  const first = await host.query('metrics.list', { runId, limit: pageSize }, signal);
  if (first.next === null) return { names: first.items.map(({ key }) => key), items: first.items };
  const names = await allNames(host, runId, signal);
  const known = new Set(first.items.map(({ key }) => key));
  const machine = names.filter(isMachineMetric).slice(0, machineMetrics);
  const given = handGiven(names.filter((name) => !isMachineMetric(name))).slice(0, handGivenMetrics);
  const keys = [...new Set([...machine, ...wanted, ...given])].filter((key) => !known.has(key)).slice(0, pageSize);
  const more =
    keys.length === 0 ? [] : (await host.query('metrics.list', { runId, limit: pageSize, keys }, signal)).items;
  const isGiven = new Set(given);
  const items = [...first.items, ...more];
  return { names, items: items.toSorted((a, b) => Number(isGiven.has(b.key)) - Number(isGiven.has(a.key))) };
}

async function allNames(host: Host, runId: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const ask = (page: string | null) => host.query('metrics.names', { runId, limit: namesPage, page }, signal);
  for await (const { items } of everyPage(ask)) found.push(...items);
  return found;
}

/** Summaries of the rows in sight that `known` has not; what was loaded before stays until it is loaded again. */
export function useSummaries(
  runId: string,
  known: ReadonlyMap<string, MetricSummary>,
  keys: readonly string[],
): ReadonlyMap<string, MetricSummary> {
  const loaded = useRef(new Map<string, MetricSummary>());
  const missing = keys.filter((key) => !known.has(key));
  useLive({
    key: missing.length === 0 ? '' : `${runId} ${missing.join(' ')}`,
    rest: 1000,
    load: async (host, signal) => {
      const { items } = await host.query('metrics.list', { runId, limit: pageSize, keys: missing }, signal);
      for (const each of items) loaded.current.set(each.key, keepEqual(loaded.current.get(each.key), each));
      return items;
    },
  });
  return loaded.current;
}

/** Curves of a few metrics over their steps, none while `keys` is empty; what was loaded before stays until it is loaded again. */
export function useSparks(runId: string, keys: readonly string[]): ReadonlyMap<string, BucketSeries> {
  const known = useRef(new Map<string, BucketSeries>());
  useLive({
    key: keys.length === 0 ? '' : `${runId} ${keys.join(' ')}`,
    rest: 1000,
    load: async (host, signal) => {
      const query = { runId, keys: keys.slice(0, keysPerQuery), axis: 'step', buckets: sparkBuckets } as const;
      const series = await host.query('metrics.buckets', query, signal);
      for (const each of series) known.current.set(each.key, keepEqual(known.current.get(each.key), each));
      return series;
    },
  });
  return known.current;
}
