// All points of one metric in logging order. A pure function of the database, so that a reader thread can run it too.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { toWire, type WireInteger } from '../../../../protocol/number';
import { PointBlock } from './point-block';
import { storedPoints } from './stored-points';

/** Points of `key`, ordered by time, step and value: `limit` of them (null: all) after the first `offset`. */
export interface HistoryQuery {
  runId: string;
  key: string;
  limit: number | null;
  offset: number;
}

/** One logged point; `time` in epoch milliseconds. */
export interface HistoryPoint {
  time: number;
  step: WireInteger;
  value: number;
}

/** The points found; an unknown run or metric has none. */
export function readHistory(database: Database, query: HistoryQuery): HistoryPoint[] {
  const series = findSeries(database, query);
  if (series === undefined) return [];
  const found: HistoryPoint[] = [];
  for (const block of pageOf(database, series, query)) {
    for (let at = 0; at < block.length; at++) {
      found.push({ time: block.times[at] ?? 0, step: block.wireStep(at), value: block.values[at] ?? 0 });
    }
  }
  return found;
}

/**
 * The same points as a JSON list, in UTF-8. The fields are named as in the tracking API: `key`, `value`, `timestamp`,
 * `step`. `list` is undefined when there is none, `more` says whether others come behind them.
 */
export function readHistoryList(database: Database, query: HistoryQuery): { list: Buffer | undefined; more: boolean } {
  const series = findSeries(database, query);
  const { key, limit, offset } = query;
  if (series === undefined || offset >= series.count) return { list: undefined, more: false };
  const texts = Array.from(pageOf(database, series, query), (block) => pointTexts(key, block));
  return { list: Buffer.from(`[${texts.join(',')}]`), more: limit !== null && offset + limit < series.count };
}

/** The points as JSON objects with commas between them. */
function pointTexts(key: string, block: PointBlock): string {
  const { steps } = block;
  const points = Array.from(block.values, (value, at) => ({
    key,
    value: toWire(value),
    timestamp: block.times[at],
    step: steps instanceof Float64Array ? steps[at] : undefined,
  }));
  if (steps instanceof Float64Array) return JSON.stringify(points).slice(1, -1);
  // JSON.stringify writes no integers beyond 2^53.
  return points.map((point, at) => `${JSON.stringify(point).slice(0, -1)},"step":${steps[at]}}`).join(',');
}

interface Series {
  series: number;
  count: number;
  inOrder: number;
}

function findSeries(database: Database, { runId, key }: Pick<HistoryQuery, 'runId' | 'key'>): Series | undefined {
  return prepared<[string, string], Series>(
    database,
    `SELECT s.series, s.count, s.in_order AS inOrder
     FROM metric_series s JOIN runs r ON r.run = s.run WHERE r.run_id = ? AND s.key = ?`,
  ).get(runId, key);
}

/** The asked part. Points that came in order lie in order, and need not be sorted for every page. */
function* pageOf(
  database: Database,
  { series, inOrder }: Series,
  { limit, offset }: HistoryQuery,
): Generator<PointBlock, void> {
  const end = limit === null ? Number.POSITIVE_INFINITY : offset + limit;
  let passed = 0;
  const blocks = storedPoints(database, series);
  for (const block of inOrder === 1 ? blocks : byTime(blocks)) {
    const part = block.part(Math.min(block.length, Math.max(0, offset - passed)), Math.min(block.length, end - passed));
    if (part.length > 0) yield part;
    passed += block.length;
    if (passed >= end) return;
  }
}

/** All points as one block, by time; those of one time stay in their order. */
function byTime(blocks: Iterable<PointBlock>): PointBlock[] {
  const all = PointBlock.joined([...blocks]);
  const { times } = all;
  const places = Uint32Array.from(times, (_, place) => place);
  return [all.taken(places.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b))];
}

/** How many points the metric has. */
export function countPoints(database: Database, runId: string, key: string): number {
  return findSeries(database, { runId, key })?.count ?? 0;
}
