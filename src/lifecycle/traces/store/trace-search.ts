// Finds traces by condition and order. Pure functions of the database.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { TraceSummary } from '../../../protocol/runs/trace';
import type { TraceCondition, TraceSort } from '../search/trace-condition';
import type { TraceRecord, TraceRow } from '../trace';
import { filterSql, orderSql } from './trace-filter-sql';
import { readTraces } from './trace-read';
import { traceColumns } from './trace-store';

/** Which traces, in what order: `limit` of them after the first `offset`. */
export interface TraceSearch {
  experimentIds: readonly string[];
  condition: TraceCondition;
  order: readonly TraceSort[];
  limit: number;
  offset: number;
}

/** Traces of these experiments with everything said of them, and whether there are more. */
export function searchTraces(database: Database, search: TraceSearch): { items: TraceRecord[]; more: boolean } {
  const where = filterSql(search.condition);
  const order = orderSql(search.order);
  const rows = database
    .prepare<unknown[], TraceRow>(
      `SELECT ${traceColumns} FROM traces t
       WHERE t.deleted_time IS NULL AND t.experiment_id IN (SELECT value FROM json_each(?)) AND ${where.sql}
       ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
    )
    .all(JSON.stringify(search.experimentIds), ...where.values, ...order.values, search.limit + 1, search.offset);
  return { items: readTraces(database, rows.slice(0, search.limit)), more: rows.length > search.limit };
}

/**
 * The traces of a run, the newest first, `limit` of them after the first `offset`. One without a name goes by that of its
 * first root span.
 */
export function tracesOfRun(
  database: Database,
  query: { runId: string; limit: number; offset: number },
): TraceSummary[] {
  return prepared<[string, number, number], TraceSummary>(
    database,
    `SELECT t.trace_id AS traceId, t.request_time AS requestTime, t.duration, t.state,
       substr(t.request_preview, 1, 300) AS requestPreview,
       coalesce((SELECT g.value FROM trace_tags g WHERE g.trace = t.trace AND g.key = 'mlflow.traceName'),
         (SELECT s.name FROM spans s WHERE s.trace = t.trace AND s.parent_id IS NULL LIMIT 1)) AS name,
       (SELECT count(*) FROM spans s WHERE s.trace = t.trace) AS spans
     FROM trace_runs r JOIN traces t ON t.trace = r.trace
     WHERE r.run_id = ? AND t.deleted_time IS NULL
     ORDER BY t.request_time DESC, t.trace_id LIMIT ? OFFSET ?`,
  ).all(query.runId, query.limit, query.offset);
}

/** How many traces a run has. */
export function countTracesOfRun(database: Database, runId: string): number {
  return (
    prepared<[string], { count: number }>(
      database,
      `SELECT count(*) AS count FROM trace_runs r JOIN traces t ON t.trace = r.trace
       WHERE r.run_id = ? AND t.deleted_time IS NULL`,
    ).get(runId)?.count ?? 0
  );
}

/** Whether a trace belongs to a run. */
export function isTraceOfRun(database: Database, trace: number, runId: string): boolean {
  const sql = 'SELECT 1 FROM trace_runs WHERE run_id = ? AND trace = ?';
  return prepared<[string, number], object>(database, sql).get(runId, trace) !== undefined;
}
