// The registered_models table with its tags. A deleted model keeps its row and is found no more.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { ModelTag, RegisteredModelRow } from '../registered-model';

/** The columns of a registered model `m`, named as in its record. */
export const modelColumns =
  'm.model, m.name, m.description, m.creation_time AS creationTime, m.last_update_time AS lastUpdateTime';

/** Writes registered models; knows no rule. */
export class RegisteredModelStore {
  readonly #insert: Statement;
  readonly #byName: Statement<[string], RegisteredModelRow>;
  readonly #nameOf: Statement<[number], { name: string }>;
  readonly #rename: Statement;
  readonly #describe: Statement;
  readonly #touch: Statement;
  readonly #delete: Statement;
  readonly #takeVersion: Statement<[number], { version: number }>;
  readonly #tags: Statement<[number], ModelTag>;
  readonly #setTag: Statement;
  readonly #deleteTag: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      'INSERT INTO registered_models (name, description, creation_time, last_update_time) VALUES (?, ?, ?, ?)',
    );
    this.#byName = database.prepare(
      `SELECT ${modelColumns} FROM registered_models m WHERE m.name = ? AND m.deleted_time IS NULL`,
    );
    this.#nameOf = database.prepare('SELECT name FROM registered_models WHERE model = ?');
    this.#rename = database.prepare('UPDATE registered_models SET name = ?, last_update_time = ? WHERE model = ?');
    this.#describe = database.prepare(
      'UPDATE registered_models SET description = ?, last_update_time = ? WHERE model = ?',
    );
    this.#touch = database.prepare('UPDATE registered_models SET last_update_time = ? WHERE model = ?');
    this.#delete = database.prepare('UPDATE registered_models SET deleted_time = ? WHERE model = ?');
    this.#takeVersion = database.prepare(
      `UPDATE registered_models SET next_version = next_version + 1 WHERE model = ?
       RETURNING next_version - 1 AS version`,
    );
    this.#tags = database.prepare('SELECT key, value FROM registered_model_tags WHERE model = ? ORDER BY key');
    this.#setTag = database.prepare(
      'INSERT OR REPLACE INTO registered_model_tags (model, key, value) VALUES (?, ?, ?)',
    );
    this.#deleteTag = database.prepare('DELETE FROM registered_model_tags WHERE model = ? AND key = ?');
  }

  /** Adds a model and returns its number. */
  insert(row: { name: string; description: string; time: number }): number {
    return Number(this.#insert.run(row.name, row.description, row.time, row.time).lastInsertRowid);
  }

  /** The model with that name, unless it is deleted. */
  byName(name: string): RegisteredModelRow | undefined {
    return this.#byName.get(name);
  }

  /** What the model is called, or was when it was deleted. */
  nameOf(model: number): { name: string } | undefined {
    return this.#nameOf.get(model);
  }

  /** Gives the model another name. */
  rename(model: number, name: string, time: number): void {
    this.#rename.run(name, time, model);
  }

  /** Replaces the description. */
  describe(model: number, description: string, time: number): void {
    this.#describe.run(description, time, model);
  }

  /** Notes that something of the model changed. */
  touch(model: number, time: number): void {
    this.#touch.run(time, model);
  }

  /** Marks the model as deleted. */
  delete(model: number, time: number): void {
    this.#delete.run(time, model);
  }

  /** The number of a new version. It is given once, whatever happens to the version. */
  takeVersion(model: number): number {
    return this.#takeVersion.get(model)?.version ?? 1;
  }

  /** The model's tags. */
  tags(model: number): ModelTag[] {
    return this.#tags.all(model);
  }

  /** Sets or replaces one tag. */
  setTag(model: number, tag: ModelTag): void {
    this.#setTag.run(model, tag.key, tag.value);
  }

  /** Removes one tag, if it is there. */
  deleteTag(model: number, key: string): void {
    this.#deleteTag.run(model, key);
  }
}
