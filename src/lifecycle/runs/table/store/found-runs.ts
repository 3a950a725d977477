// The runs that a table is about.
import type { Database } from '../../../../platform/sqlite/database';
import type { RunState, RunStatus } from '../../../../protocol/run';
import type { RunFilter } from '../../../../protocol/runs/run-filter';
import type { MetricRules } from '../../reading/metric-direction';
import { runStateOf } from '../../reading/run-state';
import { runFilterSql } from '../../reading/store/listing/run-filter-sql';
import { type ActivityClock, liveParents } from '../../reading/store/live-runs';
import type { TableRun } from './column-values';

/** What every reading of the table is asked with, so that it can be asked in another thread. */
export interface TableAsked extends ActivityClock {
  rules: MetricRules;
}

/** A run with what its state is told from. */
export interface FoundRun extends TableRun {
  name: string;
  status: RunStatus;
  startTime: number;
  recorded: number;
  lastActivity: number;
  starred: number;
  archived: number;
}

const columns = `r.run, r.run_id AS runId, r.name, r.status, r.start_time AS startTime, r.recorded,
  r.last_activity AS lastActivity, r.starred, r.archived`;

/** The active runs that a filter finds, newest first; `limit` null for all. */
export function findTableRuns(
  database: Database,
  { filter, limit, ...asked }: TableAsked & { filter: RunFilter; limit: number | null },
): FoundRun[] {
  const { sql, values } = runFilterSql(database, { ...filter, ...asked, limit: 0 });
  return database
    .prepare<unknown[], FoundRun>(
      `SELECT ${columns} FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id
       WHERE ${sql} ORDER BY r.start_time DESC, r.run_id LIMIT ?`,
    )
    .all(...values, limit ?? -1);
}

/** The active runs with these ids, in that order; what is gone or in the trash is left out. */
export function tableRunsById(database: Database, runIds: readonly string[]): FoundRun[] {
  return database
    .prepare<[string], FoundRun>(
      `SELECT ${columns} FROM json_each(?) w CROSS JOIN runs r
       WHERE r.run_id = w.value AND r.lifecycle_stage = 'active' ORDER BY w.key`,
    )
    .all(JSON.stringify(runIds));
}

/** How many active runs there are that are not archived. */
export function countTableRuns(database: Database): number {
  const row = database
    .prepare<[], { total: number }>(
      `SELECT count(*) AS total FROM runs WHERE lifecycle_stage = 'active' AND archived = 0`,
    )
    .get();
  return row?.total ?? 0;
}

/** Tells the states of runs at one moment. */
export class TableStates {
  readonly #database: Database;
  readonly #clock: ActivityClock;
  #parents: Set<string> | undefined;

  constructor(database: Database, clock: ActivityClock) {
    this.#database = database;
    this.#clock = clock;
  }

  of(run: FoundRun): RunState {
    const { now, silence } = this.#clock;
    const facts = { status: run.status, recorded: run.recorded === 1, lastActivity: run.lastActivity };
    const state = runStateOf(facts, now, silence);
    if (state !== 'unknown') return state;
    // A silent run is kept alive by the runs below it.
    this.#parents ??= liveParents(this.#database, this.#clock);
    return this.#parents.has(run.runId) ? 'running' : 'unknown';
  }
}
