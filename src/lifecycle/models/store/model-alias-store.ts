// The model_aliases table.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { ModelAlias } from '../registered-model';

/** Writes aliases; knows no rule. */
export class ModelAliasStore {
  readonly #ofModel: Statement<[number], ModelAlias>;
  readonly #find: Statement<[number, string], { version: number }>;
  readonly #set: Statement;
  readonly #delete: Statement;

  constructor(database: Database) {
    this.#ofModel = database.prepare('SELECT alias, version FROM model_aliases WHERE model = ? ORDER BY alias');
    this.#find = database.prepare('SELECT version FROM model_aliases WHERE model = ? AND alias = ?');
    this.#set = database.prepare('INSERT OR REPLACE INTO model_aliases (model, alias, version) VALUES (?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM model_aliases WHERE model = ? AND alias = ?');
  }

  /** The model's aliases by name. */
  ofModel(model: number): ModelAlias[] {
    return this.#ofModel.all(model);
  }

  /** The names that point at that version. */
  ofVersion(model: number, version: number): string[] {
    return this.ofModel(model).flatMap((each) => (each.version === version ? [each.alias] : []));
  }

  /** The number of the version an alias points at. */
  find(model: number, alias: string): number | undefined {
    return this.#find.get(model, alias)?.version;
  }

  /** Lets an alias point at a version. */
  set(model: number, { alias, version }: ModelAlias): void {
    this.#set.run(model, alias, version);
  }

  /** Removes an alias, if it is there. */
  delete(model: number, alias: string): void {
    this.#delete.run(model, alias);
  }
}
