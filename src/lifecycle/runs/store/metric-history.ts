// All points of one metric in logging order. A pure function of the database, so that a reader thread can run it too.
import type { Database } from '../../../platform/sqlite/database';
import type { WireInteger } from '../../../protocol/number';
import { exactInteger } from './exact-integer';

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

/** The points found, and whether there are more after them. An unknown run or metric has none. */
export function readHistory(database: Database, query: HistoryQuery): { points: HistoryPoint[]; more: boolean } {
  const found = database
    .prepare<[string, string], { series: number; inOrder: number }>(
      'SELECT s.series, s.in_order AS inOrder FROM metric_series s JOIN runs r ON r.run = s.run WHERE r.run_id = ? AND s.key = ?',
    )
    .get(query.runId, query.key);
  if (found === undefined) return { points: [], more: false };
  // Points that came in order lie in order, and need not be sorted for every page.
  const order = found.inOrder === 1 ? 'p.series, p.step, p.time, p.value, p.is_nan' : 'p.time, p.step, p.value';
  const rows = database
    .prepare<[number, number, number], HistoryPoint & { nan: number }>(
      `SELECT p.time, ${exactInteger('p.step')} AS step, p.value, p.is_nan AS nan FROM metric_points p
       WHERE p.series = ? ORDER BY ${order} LIMIT ? OFFSET ?`,
    )
    .all(found.series, query.limit === null ? -1 : query.limit + 1, query.offset);
  const more = query.limit !== null && rows.length > query.limit;
  if (more) rows.pop();
  return {
    points: rows.map(({ time, step, value, nan }) => ({ time, step, value: nan === 1 ? Number.NaN : value })),
    more,
  };
}

/** How many points the metric has. */
export function countPoints(database: Database, runId: string, key: string): number {
  const row = database
    .prepare<[string, string], { count: number }>(
      'SELECT s.count FROM metric_series s JOIN runs r ON r.run = s.run WHERE r.run_id = ? AND s.key = ?',
    )
    .get(runId, key);
  return row?.count ?? 0;
}
