// All points of one metric in logging order. A pure function of the database, so that a reader thread can run it too.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { WireInteger } from '../../../../protocol/number';
import { exactInteger } from '../exact-integer';
import { wireDouble } from '../wire-double';

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
  return database
    .prepare<[number, number, number], HistoryPoint & { nan: number }>(
      `SELECT p.time, ${exactInteger('p.step')} AS step, p.value, p.is_nan AS nan FROM metric_points p
       WHERE p.series = ? ORDER BY ${orderOf(series)} LIMIT ? OFFSET ?`,
    )
    .all(series.series, query.limit ?? -1, query.offset)
    .map(({ time, step, value, nan }) => ({ time, step, value: nan === 1 ? Number.NaN : value }));
}

/**
 * The same points as a JSON list, in UTF-8, that SQLite wrote: a third of the time of rows, objects and their text. The
 * fields are named as in the tracking API: `key`, `value`, `timestamp`, `step`. `list` is undefined when there is none, `more`
 * says whether others come behind them.
 */
export function readHistoryList(database: Database, query: HistoryQuery): { list: Buffer | undefined; more: boolean } {
  const series = findSeries(database, query);
  const { key, offset } = query;
  const limit = query.limit ?? -1;
  if (series === undefined || offset >= series.count) return { list: undefined, more: false };
  // Hardly a series has a number that JSON cannot write, and asking that of each point takes a tenth of the time.
  const isPlain = series.nonFinite === 0;
  const value = isPlain ? 'value' : wireDouble('value', 'is_nan');
  const columns = isPlain ? 'time, step, value' : 'time, step, value, is_nan';
  const list = database
    .prepare<unknown[], Buffer>(
      `SELECT CAST(json_group_array(json_object('key', ?, 'value', ${value}, 'timestamp', time, 'step', step)) AS BLOB)
       FROM (SELECT ${columns} FROM metric_points p WHERE p.series = ? ORDER BY ${orderOf(series)} LIMIT ? OFFSET ?)`,
    )
    .pluck()
    .get(key, series.series, limit, offset);
  return { list, more: query.limit !== null && offset + limit < series.count };
}

interface Series {
  series: number;
  count: number;
  inOrder: number;
  nonFinite: number;
}

function findSeries(database: Database, { runId, key }: Pick<HistoryQuery, 'runId' | 'key'>): Series | undefined {
  return prepared<[string, string], Series>(
    database,
    `SELECT s.series, s.count, s.in_order AS inOrder, s.non_finite AS nonFinite
     FROM metric_series s JOIN runs r ON r.run = s.run WHERE r.run_id = ? AND s.key = ?`,
  ).get(runId, key);
}

/** Points that came in order lie in order, and need not be sorted for every page. */
function orderOf({ inOrder }: Series): string {
  return inOrder === 1 ? 'p.series, p.step, p.time, p.value, p.is_nan' : 'p.time, p.step, p.value';
}

/** How many points the metric has. */
export function countPoints(database: Database, runId: string, key: string): number {
  return findSeries(database, { runId, key })?.count ?? 0;
}
