// The model_versions table with its tags. A deleted version keeps its row and is found no more.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { ModelVersionRow } from '../model-version';
import type { ModelTag } from '../registered-model';
import type { ModelStage } from '../rules/model-stage';

/** The columns of a version `v` of model `m`, named as in its record. */
export const versionColumns = `v.model, m.name, v.version, v.description, v.stage, v.source,
  v.storage_location AS storageLocation, v.run_id AS runId, v.run_link AS runLink, v.model_id AS modelId, v.author,
  v.creation_time AS creationTime, v.last_update_time AS lastUpdateTime`;

/** What a new version's row holds. */
export type NewModelVersion = Omit<ModelVersionRow, 'name' | 'stage' | 'lastUpdateTime'>;

/** A version by its model's number and its own. */
export type VersionKey = Pick<ModelVersionRow, 'model' | 'version'>;

/** Writes versions; knows no rule. */
export class ModelVersionStore {
  readonly #insert: Statement;
  readonly #find: Statement<[string, number], ModelVersionRow>;
  readonly #inStage: Statement<[number, string], ModelVersionRow>;
  readonly #describe: Statement;
  readonly #setStage: Statement;
  readonly #touchAll: Statement;
  readonly #delete: Statement;
  readonly #deleteAll: Statement;
  readonly #setTag: Statement;
  readonly #deleteTag: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO model_versions (model, version, description, source, storage_location, run_id, run_link, model_id,
         creation_time, last_update_time, author)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const select = `SELECT ${versionColumns} FROM registered_models m JOIN model_versions v ON v.model = m.model
      WHERE v.deleted_time IS NULL AND m.deleted_time IS NULL`;
    this.#find = database.prepare(`${select} AND m.name = ? AND v.version = ?`);
    this.#inStage = database.prepare(`${select} AND m.model = ? AND v.stage = ? ORDER BY v.version`);
    this.#describe = database.prepare(
      'UPDATE model_versions SET description = ?, last_update_time = ? WHERE model = ? AND version = ?',
    );
    this.#setStage = database.prepare(
      'UPDATE model_versions SET stage = ?, last_update_time = ? WHERE model = ? AND version = ?',
    );
    this.#touchAll = database.prepare(
      'UPDATE model_versions SET last_update_time = ? WHERE model = ? AND deleted_time IS NULL',
    );
    this.#delete = database.prepare(
      'UPDATE model_versions SET deleted_time = ?, last_update_time = ? WHERE model = ? AND version = ?',
    );
    this.#deleteAll = database.prepare(
      'UPDATE model_versions SET deleted_time = ? WHERE model = ? AND deleted_time IS NULL',
    );
    this.#setTag = database.prepare(
      'INSERT OR REPLACE INTO model_version_tags (model, version, key, value) VALUES (?, ?, ?, ?)',
    );
    this.#deleteTag = database.prepare('DELETE FROM model_version_tags WHERE model = ? AND version = ? AND key = ?');
  }

  /** Adds a version in stage None. */
  insert(row: NewModelVersion): void {
    const { model, version, description, source, storageLocation, runLink, modelId, creationTime: time } = row;
    const origin = [source, storageLocation, row.runId, runLink, modelId];
    this.#insert.run(model, version, description, ...origin, time, time, row.author);
  }

  /** The version of that number, unless it or its model is deleted. */
  find(name: string, version: number): ModelVersionRow | undefined {
    return this.#find.get(name, version);
  }

  /** The model's versions in that stage, by number. */
  inStage(model: number, stage: ModelStage): ModelVersionRow[] {
    return this.#inStage.all(model, stage);
  }

  /** Replaces the description; null for none. */
  describe({ model, version }: VersionKey, description: string | null, time: number): void {
    this.#describe.run(description, time, model, version);
  }

  /** Moves the version to another stage. */
  setStage({ model, version }: VersionKey, stage: ModelStage, time: number): void {
    this.#setStage.run(stage, time, model, version);
  }

  /** Notes that all versions of the model changed. */
  touchAll(model: number, time: number): void {
    this.#touchAll.run(time, model);
  }

  /** Marks the version as deleted; source, run and links stay. */
  delete({ model, version }: VersionKey, time: number): void {
    this.#delete.run(time, time, model, version);
  }

  /** Marks what versions the model still has as deleted. */
  deleteAll(model: number, time: number): void {
    this.#deleteAll.run(time, model);
  }

  /** Sets or replaces one tag. */
  setTag({ model, version }: VersionKey, tag: ModelTag): void {
    this.#setTag.run(model, version, tag.key, tag.value);
  }

  /** Removes one tag, if it is there. */
  deleteTag({ model, version }: VersionKey, key: string): void {
    this.#deleteTag.run(model, version, key);
  }
}
