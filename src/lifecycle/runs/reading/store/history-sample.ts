// A metric's history thinned to a number of points, evenly by rows as MLflow does it: many points may share one step.
import type { Database } from '../../../../platform/sqlite/database';
import { exactInteger } from '../../store/exact-integer';
import type { HistoryPoint } from '../../store/metric-history';

/** `limit` points at most, 1 or more; `steps` null for all, else from the first to the second, both included. */
export interface HistorySampleQuery {
  runId: string;
  key: string;
  limit: number;
  steps: readonly [number | bigint, number | bigint] | null;
}

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

/**
 * Points by step, time and value, the first and the last always among them (with a limit of 1 the last alone). An
 * unknown run or metric has none.
 */
export function sampleHistory(database: Database, { runId, key, limit, steps }: HistorySampleQuery): HistoryPoint[] {
  const range = [runId, key, ...(steps ?? [least, most])];
  const within = `FROM metric_points p
    WHERE p.series = (SELECT s.series FROM metric_series s JOIN runs r ON r.run = s.run WHERE r.run_id = ? AND s.key = ?)
      AND p.step BETWEEN ? AND ?`;
  const count = database.prepare<unknown[], number>(`SELECT count(*) ${within}`).pluck().get(range) ?? 0;
  const columns = `${exactInteger('p.step')} AS step, p.time, p.value, p.is_nan AS nan`;
  const order = 'p.step, p.time, p.value, p.is_nan';
  const rows = database
    .prepare<unknown[], HistoryPoint & { nan: number }>(
      count <= limit
        ? `SELECT ${columns} ${within} ORDER BY ${order}`
        : `SELECT step, time, value, nan FROM (SELECT ${columns}, row_number() OVER (ORDER BY ${order}) AS place ${within})
           WHERE place IN (SELECT value FROM json_each(?))`,
    )
    .all(...range, ...(count <= limit ? [] : [JSON.stringify(places(count, limit))]));
  return rows.map(({ nan, step, time, value }) => ({ step, time, value: nan === 1 ? Number.NaN : value }));
}

/** The first row of each of `limit` parts as even as can be, the larger ones first; the last of all for the last part. */
function places(count: number, limit: number): number[] {
  const size = Math.floor(count / limit);
  const larger = count % limit;
  const firsts = Array.from({ length: limit }, (_, part) => part * size + Math.min(part, larger) + 1);
  return [...firsts.slice(0, -1), count];
}
