// One DuckDB in memory that may read the files it was opened for and nothing else, ever. Opening one takes some 20 ms, so
// a question has its own, and what a question leaves behind goes with it.
import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBValue,
  type Json,
  StatementType,
} from '@duckdb/node-api';
import { SlipwayError } from '../../base/errors';
import { literalList } from './duck-text';

/**
 * `paths` are all the files it may read. `megabytes` is what it keeps in memory before it spills into `spill`, a folder
 * that is made when needed.
 */
export interface DuckOptions {
  paths: readonly string[];
  megabytes: number;
  threads: number;
  spill: string;
}

/** A value as `rows` and `table` give it. */
export type DuckJson = Json;

/** Above so many files the list itself would be the work: their folders are named instead. */
const mostPaths = 2000;

/** An open database. `close` is called once, whatever happened. */
export class DuckDatabase {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #isClosed = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Opens one and locks it: no setting can be changed any more, no other file opened, nothing written or installed. */
  static async open({ paths, megabytes, threads, spill }: DuckOptions): Promise<DuckDatabase> {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      memory_limit: `${megabytes}MB`,
      threads: String(threads),
      temp_directory: spill,
    });
    const connection = await instance.connect();
    // A path that looks like a pattern is looked up in its folder.
    const isPlain = paths.length <= mostPaths && !paths.some((path) => /[*?[]/.test(path));
    const allowed = isPlain
      ? `SET allowed_paths=${literalList(paths)}`
      : `SET allowed_directories=${literalList([...new Set(paths.map(folderOf))])}`;
    for (const sql of [allowed, 'SET enable_external_access=false', 'SET lock_configuration=true']) {
      await connection.run(sql);
    }
    return new DuckDatabase(instance, connection);
  }

  /** Runs a statement whose answer is not wanted. */
  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** All rows, each an object by column. 64-bit integers, decimals and dates are text; NaN and infinities too. */
  async rows(sql: string, values: readonly DuckDBValue[] = []): Promise<Record<string, Json>[]> {
    const reader = await this.#connection.runAndReadAll(sql, [...values]);
    return reader.getRowObjectsJson();
  }

  /** Rows as lists, with the names and DuckDB types of the columns; values as those of `rows`. */
  async table(
    sql: string,
    values: readonly DuckDBValue[] = [],
  ): Promise<{ columns: { name: string; type: string }[]; rows: Json[][] }> {
    const reader = await this.#connection.runAndReadAll(sql, [...values]);
    const names = reader.deduplicatedColumnNames();
    const columns = reader.columnTypes().map((type, index) => ({ name: names[index] ?? '', type: String(type) }));
    return { columns, rows: reader.getRowsJson() };
  }

  /** The answer in pieces of at most 2,048 rows, as DuckDB makes them: what comes is never in memory whole. */
  async *chunks(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const result: DuckDBResult = await this.#connection.stream(sql);
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
      yield chunk;
  }

  /** Throws SlipwayError `invalid` unless `sql` is one statement that only reads. */
  async requireSelect(sql: string): Promise<void> {
    const statements = await this.#connection.extractStatements(sql);
    const only = statements.count === 1 ? await statements.prepare(0) : undefined;
    if (only?.statementType !== StatementType.SELECT) {
      throw new SlipwayError('invalid', 'The query must be one SELECT. Take out what changes, sets or opens anything.');
    }
  }

  /** Breaks off what runs; its promise rejects. */
  interrupt(): void {
    if (!this.#isClosed) this.#connection.interrupt();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
