// Schedules that were enabled here, and how they went. Reads and writes rows; knows no rule.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { FetchOutcome } from '../../../../protocol/datasets/schedule/schedule';

/** One of them; `since` is when the first of its failures in a row was. Times in epoch milliseconds. */
export interface ScheduleRow {
  dataset: string;
  fingerprint: string;
  enabledTime: number;
  dueTime: number;
  endedTime: number | null;
  outcome: FetchOutcome | null;
  message: string | null;
  failures: number;
  sinceTime: number | null;
}

const columns = `dataset, fingerprint, enabled_time AS enabledTime, due_time AS dueTime, ended_time AS endedTime, outcome,
  message, failures, since_time AS sinceTime`;

/** Keeps them, by the name of their dataset. */
export class ScheduleStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By name. */
  all(): ScheduleRow[] {
    return prepared<[], ScheduleRow>(this.#database, `SELECT ${columns} FROM dataset_schedules ORDER BY dataset`).all();
  }

  find(dataset: string): ScheduleRow | undefined {
    const sql = `SELECT ${columns} FROM dataset_schedules WHERE dataset = ?`;
    return prepared<[string], ScheduleRow>(this.#database, sql).get(dataset);
  }

  /** Adds one, or takes the place of the one before. */
  put(row: ScheduleRow): void {
    prepared(
      this.#database,
      `INSERT OR REPLACE INTO dataset_schedules
         (dataset, fingerprint, enabled_time, due_time, ended_time, outcome, message, failures, since_time)
       VALUES (@dataset, @fingerprint, @enabledTime, @dueTime, @endedTime, @outcome, @message, @failures, @sinceTime)`,
    ).run(row);
  }

  remove(dataset: string): void {
    prepared(this.#database, 'DELETE FROM dataset_schedules WHERE dataset = ?').run(dataset);
  }
}
