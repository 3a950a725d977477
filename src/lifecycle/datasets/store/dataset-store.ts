// Datasets, their versions and labels. Reads and writes rows; knows no rule.
import { SlipwayError } from '../../../base/errors';
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';

/** One dataset as it is kept; `definition` is what slipway.yaml said last. */
export interface DatasetRow {
  dataset: number;
  name: string;
  definition: DatasetDefinition;
  createdTime: number;
  deletedTime: number | null;
}

interface RawRow extends Omit<DatasetRow, 'definition'> {
  definition: string;
}

const columns = 'dataset, name, definition, created_time AS createdTime, deleted_time AS deletedTime';

/** Keeps datasets. */
export class DatasetStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The dataset of that name; with `deleted`, the last of that name in the trash. */
  find(name: string, deleted = false): DatasetRow | undefined {
    const row = prepared<[string], RawRow>(
      this.#database,
      deleted
        ? `SELECT ${columns} FROM datasets WHERE name = ? AND deleted_time IS NOT NULL ORDER BY deleted_time DESC, dataset DESC LIMIT 1`
        : `SELECT ${columns} FROM datasets WHERE name = ? AND deleted_time IS NULL`,
    ).get(name);
    return row === undefined ? undefined : rowOf(row);
  }

  /** Throws SlipwayError `not-found`. */
  get(name: string): DatasetRow {
    const row = this.find(name);
    if (row !== undefined) return row;
    const isInTrash = this.find(name, true) !== undefined;
    const advice = isInTrash ? 'It is in the trash.' : '`slipway dataset list` shows what there is.';
    throw new SlipwayError('not-found', `There is no dataset ${name}. ${advice}`);
  }

  /** By name, in use or in the trash. */
  all(deleted: boolean): DatasetRow[] {
    const where = deleted ? 'deleted_time IS NOT NULL' : 'deleted_time IS NULL';
    return prepared<[], RawRow>(this.#database, `SELECT ${columns} FROM datasets WHERE ${where} ORDER BY name, dataset`)
      .all()
      .map(rowOf);
  }

  /** Adds one, or keeps what its definition now is; returns its number. */
  put(name: string, definition: DatasetDefinition, now: number): number {
    const known = this.find(name);
    const text = JSON.stringify(definition);
    if (known === undefined) {
      const sql = 'INSERT INTO datasets (name, definition, created_time) VALUES (?, ?, ?)';
      return Number(prepared(this.#database, sql).run(name, text, now).lastInsertRowid);
    }
    if (JSON.stringify(known.definition) !== text) {
      prepared(this.#database, 'UPDATE datasets SET definition = ? WHERE dataset = ?').run(text, known.dataset);
    }
    return known.dataset;
  }

  /** Moves one to the trash at that time, or with null back. */
  setDeleted(dataset: number, time: number | null): void {
    prepared(this.#database, 'UPDATE datasets SET deleted_time = ? WHERE dataset = ?').run(time, dataset);
  }
}

function rowOf({ definition, ...rest }: RawRow): DatasetRow {
  return { ...rest, definition: JSON.parse(definition) as DatasetDefinition };
}
