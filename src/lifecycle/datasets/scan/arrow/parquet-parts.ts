// Rows that come in pieces, written as Parquet files of some size each, so that they are never in memory whole.
import { join } from 'node:path';
import { DuckAppender } from '../../../../platform/duckdb/duck-appender';
import { identifier, literal } from '../../../../platform/duckdb/duck-text';
import type { DuckVector } from '../../../../platform/duckdb/duck-vector';

/** `type` is DuckDB's name of it. */
interface PartColumn {
  name: string;
  type: string;
}

/** Of values held in memory before they are written. */
const heldBytes = 64 * 1024 * 1024;
const megabytes = 384;
const table = 'held';

/** Writes below a folder that is there. `close` is called once, whatever happened. */
export class ParquetParts {
  readonly #folder: string;
  readonly #duck: DuckAppender;
  readonly #paths: string[] = [];
  #bytes = 0;

  private constructor(folder: string, duck: DuckAppender) {
    this.#folder = folder;
    this.#duck = duck;
  }

  /** Names must differ, in more than case. */
  static async open(folder: string, columns: readonly PartColumn[]): Promise<ParquetParts> {
    const duck = await DuckAppender.open({ megabytes, threads: 2, spill: folder });
    const held = columns.map(({ name, type }) => `${identifier(name)} ${type}`);
    await duck.run(`CREATE TABLE ${table} (${held.join(', ')})`);
    return new ParquetParts(folder, duck);
  }

  /** Takes one piece of some `bytes`, of which `fill` writes the vectors of all columns. */
  async take(
    { rows, bytes }: { rows: number; bytes: number },
    fill: (columns: readonly DuckVector[]) => void,
  ): Promise<void> {
    await this.#duck.append(table, rows, fill);
    this.#bytes += bytes;
    if (this.#bytes >= heldBytes) await this.#write();
  }

  /** Writes the rest. The paths of the files in the order of their rows; one at least. */
  async finish(): Promise<string[]> {
    if (this.#bytes > 0 || this.#paths.length === 0) await this.#write();
    return this.#paths;
  }

  async #write(): Promise<void> {
    const path = join(this.#folder, `part-${this.#paths.length}.parquet`);
    await this.#duck.run(`COPY ${table} TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy)`);
    await this.#duck.run(`TRUNCATE ${table}`);
    this.#paths.push(path);
    this.#bytes = 0;
  }

  close(): void {
    this.#duck.close();
  }
}
