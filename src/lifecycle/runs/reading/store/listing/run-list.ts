// Runs as a list, a page at a time; 100,000 runs must not be felt.
import type { Database } from '../../../../../platform/sqlite/database';
import type { Page, RunSummary } from '../../../../../protocol/run';
import type { RunFilter } from '../../../../../protocol/runs/run-filter';
import type { RunSort } from '../../../../../protocol/runs/run-sort';
import type { MetricRules } from '../../metric-direction';
import type { ActivityClock } from '../live-runs';
import { RunSummaries, type SummaryRow, summaryColumns } from '../run-summaries';
import { runFilterSql } from './run-filter-sql';
import { runOrderSql } from './run-order-sql';

/** Which runs in which order; everything it depends on is in it, so that it can be asked in another thread. */
export interface RunListing extends ActivityClock, RunFilter {
  experimentId?: string | undefined;
  /** True lists the trash instead. */
  deleted?: boolean | undefined;
  /** The id of a run lists its child runs; null lists the runs that are below no other one. */
  below?: string | null | undefined;
  sort?: RunSort | undefined;
  limit: number;
  page?: string | null | undefined;
  rules: MetricRules;
}

/** One page of runs and how many match in all. */
export function listRuns(database: Database, query: RunListing): Page<RunSummary> & { total: number } {
  const filter = runFilterSql(database, query);
  const order = runOrderSql(query.sort);
  const after = order.after(query.page);
  const rows = database
    .prepare<unknown[], SummaryRow>(
      `SELECT ${summaryColumns} FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id ${order.join}
       WHERE ${filter.sql} ${after.sql} ORDER BY ${order.by} LIMIT ? OFFSET ?`,
    )
    .all(...order.values, ...filter.values, ...after.values, query.limit + 1, after.offset);
  const total = database
    .prepare<unknown[], { total: number }>(
      `SELECT count(*) AS total FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id WHERE ${filter.sql}`,
    )
    .get(...filter.values);
  const shown = rows.slice(0, query.limit);
  const summaries = new RunSummaries(database, query);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => summaries.of(row)),
    next: rows.length > shown.length && last !== undefined ? order.next(last, after.offset + shown.length) : null,
    total: total?.total ?? 0,
  };
}

/** Active runs, or those in the trash, whose id begins with `wanted` or whose name it is: that id, those names, the newest first; at most `limit`. */
export function findRuns(
  database: Database,
  query: { wanted: string; deleted: boolean; limit: number; rules: MetricRules } & ActivityClock,
): RunSummary[] {
  const rows = database
    .prepare<{ stage: string; wanted: string; end: string; limit: number }, SummaryRow>(
      `SELECT ${summaryColumns} FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id
       WHERE r.lifecycle_stage = @stage AND ((r.run_id >= @wanted AND r.run_id < @end) OR r.name = @wanted)
       ORDER BY r.run_id = @wanted DESC, r.name = @wanted DESC, r.start_time DESC, r.run_id LIMIT @limit`,
    )
    .all({
      stage: query.deleted ? 'deleted' : 'active',
      wanted: query.wanted,
      end: `${query.wanted}\u{10ffff}`,
      limit: query.limit,
    });
  const summaries = new RunSummaries(database, query);
  return rows.map((row) => summaries.of(row));
}
