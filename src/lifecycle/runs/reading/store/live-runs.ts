// Which runs count as running: SQL for the rule in run-state.ts, with runs kept alive by the runs below them.
// `status IN ('RUNNING', 'SCHEDULED')` stands beside the narrower condition because it is the partial index's own.
import type { Database } from '../../../../platform/sqlite/database';
import { parentTag } from '../../../../protocol/runs/run-tag';

/** The clock a reading is made with; both in milliseconds. */
export interface ActivityClock {
  now: number;
  silence: number;
}

/**
 * Ids of the runs that have a child run (tag `mlflow.parentRunId`) which is recorded or was written to within the
 * silence, or is running and has such a child itself. A sweep's parent logs nothing for hours while its children work,
 * and neither does a trial while its folds do.
 */
export function liveParents(database: Database, clock: ActivityClock): Set<string> {
  const rows = database
    .prepare<[number], { value: string }>(
      `WITH RECURSIVE alive (value) AS (
         SELECT t.value FROM runs r JOIN tags t ON t.run = r.run AND t.key = '${parentTag}'
         WHERE r.status IN ('RUNNING', 'SCHEDULED') AND r.status = 'RUNNING' AND r.lifecycle_stage = 'active'
           AND (r.recorded = 1 OR r.last_activity >= ?)
         UNION
         SELECT t.value FROM alive a CROSS JOIN runs r ON r.run_id = a.value JOIN tags t ON t.run = r.run AND t.key = '${parentTag}'
         WHERE r.status = 'RUNNING' AND r.lifecycle_stage = 'active'
       ) SELECT value FROM alive`,
    )
    .all(clock.now - clock.silence);
  return new Set(rows.map((row) => row.value));
}

/** Number of active runs that a client is logging into: running, not recorded, and written to within the silence. */
export function loggingRuns(database: Database, clock: ActivityClock): number {
  const parents = liveParents(database, clock);
  const row = database
    .prepare<[number, string], { running: number }>(
      `SELECT count(*) AS running FROM runs
       WHERE status IN ('RUNNING', 'SCHEDULED') AND status = 'RUNNING' AND lifecycle_stage = 'active' AND recorded = 0
         AND (last_activity >= ? OR run_id IN (SELECT value FROM json_each(?)))`,
    )
    .get(clock.now - clock.silence, JSON.stringify([...parents]));
  return row?.running ?? 0;
}

/** `archived`: whether archived runs are counted too. */
export interface RunningCountOptions extends ActivityClock {
  archived: boolean;
}

/** Number of active runs that are running now, by experiment id. Runs that have gone silent are not counted. */
export function runningCounts(database: Database, options: RunningCountOptions): Map<string, number> {
  const { archived, ...clock } = options;
  const parents = liveParents(database, clock);
  const rows = database
    .prepare<[number, number, string], { id: string; running: number }>(
      `SELECT experiment_id AS id, count(*) AS running FROM runs
       WHERE status IN ('RUNNING', 'SCHEDULED') AND status = 'RUNNING' AND lifecycle_stage = 'active'
         AND archived <= ? AND (recorded = 1 OR last_activity >= ? OR run_id IN (SELECT value FROM json_each(?)))
       GROUP BY experiment_id`,
    )
    .all(archived ? 1 : 0, clock.now - clock.silence, JSON.stringify([...parents]));
  return new Map(rows.map((row) => [row.id, row.running]));
}
