// The experiments table and its tags.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { KeyValue } from '../batch';
import type { ExperimentRecord } from '../experiments/experiment';
import type { LifecycleStage } from '../run-record';

/** An experiment's columns, as SQLite returns them. */
export interface ExperimentRow {
  experiment_id: string;
  name: string;
  artifact_location: string;
  lifecycle_stage: LifecycleStage;
  creation_time: number;
  last_update_time: number;
}

/** Reads and writes experiments; knows no rule. */
export class ExperimentStore {
  readonly #insert: Statement;
  readonly #nextId: Statement<[], { id: string }>;
  readonly #byId: Statement<[string], ExperimentRow>;
  readonly #byName: Statement<[string], ExperimentRow>;
  readonly #tags: Statement<[string], KeyValue>;
  readonly #setTag: Statement;
  readonly #deleteTag: Statement;
  readonly #rename: Statement;
  readonly #setStage: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
       VALUES (?, ?, ?, 'active', ?, ?)`,
    );
    // Imported ids of 16 digits and more are left out, so that our own stay short.
    this.#nextId = database.prepare(
      `SELECT CAST(COALESCE(MAX(CAST(experiment_id AS INTEGER)), 0) + 1 AS TEXT) AS id
       FROM experiments WHERE length(experiment_id) < 16`,
    );
    this.#byId = database.prepare('SELECT * FROM experiments WHERE experiment_id = ?');
    this.#byName = database.prepare('SELECT * FROM experiments WHERE name = ?');
    this.#tags = database.prepare('SELECT key, value FROM experiment_tags WHERE experiment_id = ? ORDER BY key');
    this.#setTag = database.prepare(
      `INSERT INTO experiment_tags (experiment_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value`,
    );
    this.#deleteTag = database.prepare('DELETE FROM experiment_tags WHERE experiment_id = ? AND key = ?');
    this.#rename = database.prepare('UPDATE experiments SET name = ?, last_update_time = ? WHERE experiment_id = ?');
    this.#setStage = database.prepare(
      'UPDATE experiments SET lifecycle_stage = ?, last_update_time = ? WHERE experiment_id = ?',
    );
  }

  /** The id the next created experiment gets. */
  nextId(): string {
    return this.#nextId.get()?.id ?? '1';
  }

  /** Adds an active experiment. */
  insert(experiment: { id: string; name: string; artifactLocation: string; time: number }): void {
    const { id, name, artifactLocation, time } = experiment;
    this.#insert.run(id, name, artifactLocation, time, time);
  }

  /** The experiment with that id, whatever its stage. */
  byId(id: string): ExperimentRecord | undefined {
    return this.#whole(this.#byId.get(id));
  }

  /** The experiment with that name, whatever its stage. */
  byName(name: string): ExperimentRecord | undefined {
    return this.#whole(this.#byName.get(name));
  }

  /** Sets or replaces one tag. */
  setTag(id: string, tag: KeyValue): void {
    this.#setTag.run(id, tag.key, tag.value);
  }

  /** Removes one tag; false when there was none. */
  deleteTag(id: string, key: string): boolean {
    return this.#deleteTag.run(id, key).changes > 0;
  }

  /** Gives the experiment another name. */
  rename(id: string, name: string, time: number): void {
    this.#rename.run(name, time, id);
  }

  /** Moves the experiment into or out of the trash. */
  setStage(id: string, stage: LifecycleStage, time: number): void {
    this.#setStage.run(stage, time, id);
  }

  #whole(row: ExperimentRow | undefined): ExperimentRecord | undefined {
    return row === undefined ? undefined : experimentOf(row, this.#tags.all(row.experiment_id));
  }
}

/** A row and its tags as a record. */
export function experimentOf(row: ExperimentRow, tags: KeyValue[]): ExperimentRecord {
  return {
    experimentId: row.experiment_id,
    name: row.name,
    artifactLocation: row.artifact_location,
    lifecycleStage: row.lifecycle_stage,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    tags,
  };
}
