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
import { identifier, literal, literalList } from './duck-text';

/**
 * `paths` are all the files it may read; none may look like a pattern. `megabytes` is what it keeps in memory before it spills into `spill`, a folder
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

/** The functions that a SELECT of somebody's may read from; others open files, or change how DuckDB works. */
const harmlessSources = new Set([
  'range',
  'generate_series',
  'unnest',
  'json_each',
  'json_tree',
  'repeat',
  'repeat_row',
]);
const harmful = new Set(['write_log', 'sleep_ms', 'nextval', 'setseed', 'error']);

const lookMilliseconds = 200;

/** An open database. `close` is called once, whatever happened. */
export class DuckDatabase {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #isClosed = false;
  #isInterrupted = false;

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
      // What is freed goes back to the system at once: a CSV is looked through before it is read.
      allocator_background_threads: 'true',
      allocator_flush_threshold: '1MB',
      allocator_bulk_deallocation_flush_threshold: '1MB',
    });
    const connection = await instance.connect();
    // How far a statement is can be asked; it is printed nowhere.
    const progress = ['enable_progress_bar_print=false', 'enable_progress_bar=true', 'progress_bar_time=0'];
    const locks = [`allowed_paths=${literalList(paths)}`, 'enable_external_access=false', 'lock_configuration=true'];
    const settings = [...progress, ...locks];
    for (const setting of settings) await connection.run(`SET ${setting}`);
    return new DuckDatabase(instance, connection);
  }

  /** Runs a statement whose answer is not wanted; `tell` hears now and then which share of it is done, from 0 to 1. */
  async run(sql: string, tell?: (share: number) => void): Promise<void> {
    const look = (): void => {
      const { percentage } = this.#connection.progress;
      if (percentage >= 0) tell?.(percentage / 100);
    };
    const looking = tell && setInterval(look, lookMilliseconds);
    try {
      await this.#connection.run(sql);
    } finally {
      clearInterval(looking);
    }
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

  /**
   * The answer in pieces of at most 2,048 rows, as DuckDB makes them: what comes is never in memory whole. Behind its columns
   * there is one more. Throws what breaks it off.
   */
  async *chunks(sql: string): AsyncGenerator<DuckDBDataChunk> {
    // An answer that fails half-way ends as if it were whole: only the row behind its last one tells that it is.
    const ended = identifier('whether it is the end');
    const whole = `FROM (${sql}) SELECT *, false AS ${ended} UNION ALL BY NAME SELECT true AS ${ended}`;
    this.#isInterrupted = false;
    const result: DuckDBResult = await this.#connection.stream(whole);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      if (chunk.rowCount === 1 && chunk.getColumnVector(chunk.columnCount - 1).getItem(0) === true) return;
      yield chunk;
    }
    await this.#explain(sql);
  }

  /** Throws why an answer did not come to its end. */
  async #explain(sql: string): Promise<never> {
    if (this.#isInterrupted) throw new Error('INTERRUPT Error: Interrupted!');
    // Every value is computed, and none kept.
    await this.#connection.run(`FROM (${sql}) SELECT max(hash(COLUMNS(*)))`);
    throw new SlipwayError(
      'unavailable',
      'The table was not read to its end, and reading it again went well. Try again.',
    );
  }

  /** Throws SlipwayError `invalid` unless `sql` is one statement that only reads, and reads only tables that are open. */
  async requireSelect(sql: string): Promise<void> {
    const statements = await this.#connection.extractStatements(sql);
    const only = statements.count === 1 ? await statements.prepare(0) : undefined;
    if (only?.statementType !== StatementType.SELECT) {
      throw new SlipwayError('invalid', 'The query must be one SELECT. Take out what changes, sets or opens anything.');
    }
    const [row] = await this.rows(`SELECT json_serialize_sql(${literal(sql)}) AS tree`);
    const tree = JSON.parse(String(row?.tree)) as { error: boolean };
    if (tree.error) throw new SlipwayError('invalid', 'The query must be a plain SELECT, without PIVOT.');
    for (const name of calledSources(tree)) {
      if (harmlessSources.has(name)) continue;
      throw new SlipwayError('invalid', `The query may not use ${name}. It reads the tables of the dataset only.`);
    }
  }

  /** Throws as DuckDB does where `sql` is no SQL. Whether what it names is there is not looked at. */
  async requireParsed(sql: string): Promise<void> {
    await this.#connection.extractStatements(sql);
  }

  /** Breaks off what runs; its promise rejects. */
  interrupt(): void {
    this.#isInterrupted = true;
    if (!this.#isClosed) this.#connection.interrupt();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** The functions that the tree of a statement reads tables from, wherever they stand, and those that do more than compute. */
function calledSources(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(calledSources);
  if (node === null || typeof node !== 'object') return [];
  const { type, function_name: name, function: called } = node as Record<string, unknown>;
  const source =
    type === 'TABLE_FUNCTION' ? (called as { function_name?: string } | undefined)?.function_name : undefined;
  const inner = Object.values(node).flatMap(calledSources);
  const own = [source, typeof name === 'string' && harmful.has(name.toLowerCase()) ? name : undefined];
  return [...own.flatMap((each) => each?.toLowerCase() ?? []), ...inner];
}
