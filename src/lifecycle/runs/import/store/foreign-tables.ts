// Tables of another program's database, read as far as they are there and sound.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';

/** Columns by name. */
export type ForeignRow = Record<string, string | number | Buffer | null>;

/** Row id, time, step and JSON. */
export type LoggedRow = [row: number, time: string, step: number, text: string];

/** Reads whole rows; what is missing has none. Integers beyond 2^53 are rounded. */
export class ForeignTables {
  readonly #database: Database;
  readonly #path: string;
  readonly #there: ReadonlySet<string>;

  /** `path` is the file's own, for sentences. Throws SlipwayError `damaged`. */
  constructor(database: Database, path: string) {
    this.#database = database;
    this.#path = path;
    this.#there = new Set(this.#read(() => this.#names()));
  }

  /** The names of the tables. */
  get names(): string[] {
    return [...this.#there];
  }

  has(table: string): boolean {
    return this.#there.has(table);
  }

  /** The columns of a table. */
  columns(table: string): string[] {
    return (this.#database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  }

  /** `rest` is SQL of ours behind the table's name. Throws SlipwayError `damaged`. */
  rows(table: string, rest = '', values: readonly string[] = []): ForeignRow[] {
    if (!this.has(table)) return [];
    return this.#read(() =>
      this.#database.prepare<unknown[], ForeignRow>(`SELECT * FROM ${table} ${rest}`).all(...values),
    );
  }

  count(table: string, rest = ''): number {
    if (!this.has(table)) return 0;
    const sql = `SELECT count(*) FROM ${table} ${rest}`;
    return this.#read(() => this.#database.prepare<[], number>(sql).pluck().get() ?? 0);
  }

  /** What `columns` are of all rows of one run. */
  summary(table: string, columns: string, run: readonly string[]): unknown[] {
    if (!this.has(table)) return [];
    const sql = `SELECT ${columns} FROM ${table} WHERE run_uuid = ?`;
    return this.#read(
      () =>
        this.#database
          .prepare<unknown[], unknown[]>(sql)
          .raw(true)
          .get(...run) ?? [],
    );
  }

  /** What `columns` are of the rows of each run, named `id`, by the column that tells runs apart; of one run only with `key`. */
  grouped(table: string, by: string, columns: string, key?: string): ForeignRow[] {
    if (!this.has(table)) return [];
    const where = key === undefined ? '' : `WHERE ${by} = ?`;
    const sql = `SELECT ${by} AS id, ${columns} FROM ${table} ${where} GROUP BY ${by}`;
    return this.#read(() =>
      this.#database.prepare<unknown[], ForeignRow>(sql).all(...(key === undefined ? [] : [key])),
    );
  }

  /** The rows that Trackio logged for one run: row id, time, step and JSON. Throws what SQLite throws of a damaged page. */
  *logged(table: string, by: string, key: string, isWithoutStep: boolean): Generator<LoggedRow> {
    if (!this.has(table)) return;
    const step = isWithoutStep ? '0' : 'step';
    const sql = `SELECT id, timestamp, ${step}, CAST(metrics AS TEXT) FROM ${table} WHERE ${by} = ? ORDER BY 3, id`;
    yield* this.#database.prepare<[string], LoggedRow>(sql).raw(true).iterate(key);
  }

  #names(): string[] {
    return this.#database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  }

  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new SlipwayError('damaged', `${this.#path} cannot be read (${why}).`, { cause: error });
    }
  }
}
