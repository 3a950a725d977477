// The runs table, with params and tags.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { RunStatus } from '../../../protocol/run';
import { proxiedFolder } from '../artifacts/proxied-folder';
import type { KeyValue } from '../batch';
import type { LifecycleStage, RunRecord } from '../run-record';

/** A run's columns, as SQLite returns them. */
export interface RunRow {
  run: number;
  run_id: string;
  experiment_id: string;
  name: string;
  user_id: string;
  status: RunStatus;
  start_time: number;
  end_time: number | null;
  lifecycle_stage: LifecycleStage;
  artifact_uri: string;
  recorded: number;
  last_activity: number;
  starred: number;
  archived: number;
}

/** A row as a record. */
export function runOf(row: RunRow): RunRecord {
  return {
    run: row.run,
    runId: row.run_id,
    experimentId: row.experiment_id,
    name: row.name,
    userId: row.user_id,
    status: row.status,
    startTime: row.start_time,
    endTime: row.end_time,
    lifecycleStage: row.lifecycle_stage,
    artifactUri: row.artifact_uri,
    recorded: row.recorded === 1,
    starred: row.starred === 1,
    archived: row.archived === 1,
    lastActivity: row.last_activity,
  };
}

/** What a new run's row holds. */
export type NewRun = Omit<RunRecord, 'run' | 'status' | 'endTime' | 'lifecycleStage' | 'starred' | 'archived'>;

/** Reads and writes runs, params and tags; knows no rule. */
export class RunStore {
  readonly #insert: Statement;
  readonly #byId: Statement<[string], RunRow>;
  readonly #update: Statement;
  readonly #touch: Statement;
  readonly #move: Statement;
  readonly #artifact: Statement<[string, string]>;
  readonly #setMarks: Statement;
  readonly #setStage: Statement;
  readonly #setStageOfExperiment: Statement;
  readonly #insertParam: Statement;
  readonly #param: Statement<[number, string], { value: string }>;
  readonly #setTag: Statement;
  readonly #tag: Statement<[number, string], { value: string }>;
  readonly #deleteTag: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO runs (run_id, experiment_id, name, user_id, status, start_time, lifecycle_stage, artifact_uri,
         recorded, last_activity)
       VALUES (?, ?, ?, ?, 'RUNNING', ?, 'active', ?, ?, ?)`,
    );
    this.#byId = database.prepare('SELECT * FROM runs WHERE run_id = ?');
    this.#update = database.prepare(
      'UPDATE runs SET status = ?, end_time = ?, name = ?, last_activity = ? WHERE run = ?',
    );
    this.#move = database.prepare('UPDATE runs SET experiment_id = ?, artifact_uri = ? WHERE run = ?');
    this.#artifact = database.prepare('SELECT 1 FROM artifacts WHERE path > ? AND path < ? LIMIT 1');
    this.#touch = database.prepare('UPDATE runs SET last_activity = ? WHERE run = ?');
    this.#setMarks = database.prepare('UPDATE runs SET starred = ?, archived = ? WHERE run = ?');
    this.#setStage = database.prepare('UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE run = ?');
    this.#setStageOfExperiment = database.prepare(
      'UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE experiment_id = ?',
    );
    this.#insertParam = database.prepare('INSERT OR IGNORE INTO params (run, key, value) VALUES (?, ?, ?)');
    this.#param = database.prepare('SELECT value FROM params WHERE run = ? AND key = ?');
    this.#setTag = database.prepare(
      'INSERT INTO tags (run, key, value) VALUES (?, ?, ?) ON CONFLICT (run, key) DO UPDATE SET value = excluded.value',
    );
    this.#tag = database.prepare('SELECT value FROM tags WHERE run = ? AND key = ?');
    this.#deleteTag = database.prepare('DELETE FROM tags WHERE run = ? AND key = ?');
  }

  /** Adds an active, running run and returns it whole. */
  insert(run: NewRun): RunRecord {
    const { runId, experimentId, name, userId, startTime, artifactUri, recorded, lastActivity } = run;
    const values = [runId, experimentId, name, userId, startTime, artifactUri, recorded ? 1 : 0, lastActivity];
    const { lastInsertRowid } = this.#insert.run(...values);
    const fresh = {
      status: 'RUNNING',
      endTime: null,
      lifecycleStage: 'active',
      starred: false,
      archived: false,
    } as const;
    return { ...run, ...fresh, run: Number(lastInsertRowid) };
  }

  /** The run with that id, whatever its stage. */
  byId(runId: string): RunRecord | undefined {
    const row = this.#byId.get(runId);
    return row === undefined ? undefined : runOf(row);
  }

  /** Writes what may change about a run's own row. */
  update(run: number, change: Pick<RunRecord, 'status' | 'endTime' | 'name' | 'lastActivity'>): void {
    this.#update.run(change.status, change.endTime, change.name, change.lastActivity, run);
  }

  /** Gives the run another experiment and the artifact root that goes with it. */
  move(run: number, experimentId: string, artifactUri: string): void {
    this.#move.run(experimentId, artifactUri, run);
  }

  /** True when an artifact is kept below an `mlflow-artifacts:` address. */
  hasArtifacts(artifactUri: string): boolean {
    const folder = proxiedFolder(artifactUri);
    // `0` is the character behind `/`.
    return folder !== undefined && this.#artifact.get(`${folder}/`, `${folder}0`) !== undefined;
  }

  /** Notes that something was written to the run at `time`. */
  touch(run: number, time: number): void {
    this.#touch.run(time, run);
  }

  /** Sets a person's marks on the run. */
  setMarks(run: number, marks: { starred: boolean; archived: boolean }): void {
    this.#setMarks.run(marks.starred ? 1 : 0, marks.archived ? 1 : 0, run);
  }

  /** Moves the run into the trash (`deletedTime` a time) or out of it. */
  setStage(run: number, stage: LifecycleStage, deletedTime: number | null): void {
    this.#setStage.run(stage, deletedTime, run);
  }

  /** The same for every run of an experiment. */
  setStageOfExperiment(experimentId: string, stage: LifecycleStage, deletedTime: number | null): void {
    this.#setStageOfExperiment.run(stage, deletedTime, experimentId);
  }

  /** Adds the param unless its key is taken; returns the value that stands. */
  addParam(run: number, param: KeyValue): string {
    if (this.#insertParam.run(run, param.key, param.value).changes > 0) return param.value;
    return this.#param.get(run, param.key)?.value ?? param.value;
  }

  /** Sets or replaces one tag. */
  setTag(run: number, tag: KeyValue): void {
    this.#setTag.run(run, tag.key, tag.value);
  }

  /** One tag's value. */
  tag(run: number, key: string): string | undefined {
    return this.#tag.get(run, key)?.value;
  }

  /** Removes one tag; false when there was none. */
  deleteTag(run: number, key: string): boolean {
    return this.#deleteTag.run(run, key).changes > 0;
  }
}
