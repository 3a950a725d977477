// A DuckDB of its own that takes rows as they come, column by column, and writes files.
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { DuckVector } from './duck-vector';

/** Most rows of one piece. */
export const pieceRows = 2048;

/** What it keeps in memory before it spills into `spill`, a folder. */
interface AppenderTerms {
  megabytes: number;
  threads: number;
  spill: string;
}

/** `close` is called once, whatever happened. */
export class DuckAppender {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #open: { appender: DuckDBAppender; chunk: DuckDBDataChunk } | undefined;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open({ megabytes, threads, spill }: AppenderTerms): Promise<DuckAppender> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${megabytes}MB`,
      threads: String(threads),
      temp_directory: spill,
    });
    return new DuckAppender(instance, await instance.connect());
  }

  /** Runs a statement, after which all that was appended is in its table. */
  async run(sql: string): Promise<void> {
    this.#open?.appender.closeSync();
    this.#open = undefined;
    await this.#connection.run(sql);
  }

  /** Appends one piece; `fill` writes the vectors of all columns. */
  async append(table: string, rows: number, fill: (columns: readonly DuckVector[]) => void): Promise<void> {
    this.#open ??= await this.#opened(table);
    const { appender, chunk } = this.#open;
    chunk.reset();
    const columns = Array.from({ length: chunk.columnCount }, (_, index) =>
      duckdb.data_chunk_get_vector(chunk.chunk, index),
    );
    fill(columns.map((vector) => new DuckVector(vector)));
    chunk.rowCount = rows;
    appender.appendDataChunk(chunk);
  }

  async #opened(table: string): Promise<{ appender: DuckDBAppender; chunk: DuckDBDataChunk }> {
    const appender = await this.#connection.createAppender(table);
    const types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index));
    return { appender, chunk: DuckDBDataChunk.create(types) };
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}
