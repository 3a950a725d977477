// A file of predictions, written batch by batch under another name and renamed when it is whole.
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { DuckAppender, pieceRows } from '../../../platform/duckdb/duck-appender';
import { identifier, literal } from '../../../platform/duckdb/duck-text';
import type { DuckVector } from '../../../platform/duckdb/duck-vector';
import { checkReplaceable, UnfinishedFile } from '../../../platform/files/unfinished-file';
import type { ToldColumn, ToldType } from '../batch/told-columns';

const table = 'predictions';
const megabytes = 512;

/** What the file's name says of its format; undefined for another ending. */
export function predictionFormat(path: string): string | undefined {
  const ending = /\.(parquet|pq|csv|jsonl|ndjson)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === 'parquet' || ending === 'pq') return 'FORMAT parquet, COMPRESSION zstd';
  if (ending === 'csv') return 'FORMAT csv, HEADER';
  return ending === undefined ? undefined : 'FORMAT json';
}

/** Takes batches of the same columns. `close` is called once, whatever happened. */
export class PredictionFile {
  readonly #duck: DuckAppender;
  readonly #path: string;
  readonly #unfinished: UnfinishedFile;
  #hasTable = false;

  private constructor(duck: DuckAppender, path: string) {
    this.#duck = duck;
    this.#path = path;
    this.#unfinished = new UnfinishedFile(path);
  }

  /**
   * `spill` is a folder for what does not fit into memory. Throws SlipwayError `not-found` without a folder to write into,
   * `invalid` where `path` is one or a device.
   */
  static async open(path: string, spill: string): Promise<PredictionFile> {
    checkReplaceable(path);
    if (statSync(dirname(path), { throwIfNoEntry: false }) === undefined)
      throw new SlipwayError('not-found', `There is no folder ${dirname(path)}. Make it first.`);
    return new PredictionFile(await DuckAppender.open({ megabytes, threads: 1, spill }), path);
  }

  /** Adds rows; the first call decides the columns. */
  async add(columns: readonly ToldColumn[], rows: number): Promise<void> {
    if (!this.#hasTable) {
      await this.#duck.run(
        `CREATE TABLE ${table} (${columns.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')})`,
      );
      this.#hasTable = true;
    }
    for (let start = 0; start < rows; start += pieceRows) {
      const count = Math.min(pieceRows, rows - start);
      await this.#duck.append(table, count, (vectors) => {
        for (const [at, column] of columns.entries()) fillVector(vectors[at] as DuckVector, column, { start, count });
      });
    }
  }

  /** Writes the file, in place of one that was there. `names`: new ones, by the columns' names. Throws when `signal` says so. */
  async finish(names: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const format = predictionFormat(this.#path);
    const renamed = [...names].map(([from, to]) => `${identifier(from)} AS ${identifier(to)}`).join(', ');
    const rows = renamed === '' ? `FROM ${table}` : `SELECT * RENAME (${renamed}) FROM ${table}`;
    await this.#duck.run(`COPY (${rows}) TO ${literal(this.#unfinished.path)} (${format})`);
    signal.throwIfAborted();
    this.#unfinished.finish({ overwrite: true });
  }

  close(): void {
    this.#duck.close();
    this.#unfinished.discard();
  }
}

const arrays = { BIGINT: BigInt64Array, FLOAT: Float32Array, DOUBLE: Float64Array, BOOLEAN: Uint8Array };
const encoder = new TextEncoder();

function fillVector(
  vector: DuckVector,
  { type, values }: ToldColumn,
  { start, count }: { start: number; count: number },
): void {
  const presence = new Uint8Array(8 * Math.ceil(count / 64)).fill(255);
  let hasGap = false;
  const given = (row: number): ToldColumn['values'][number] => values[start + row] ?? null;
  const data = type === 'VARCHAR' ? undefined : new arrays[type](count);
  for (let row = 0; row < count; row += 1) {
    const value = given(row);
    if (value === null) {
      hasGap = true;
      presence[row >> 3] = (presence[row >> 3] as number) & ~(1 << (row & 7));
    } else if (data === undefined) vector.assign(row, encoder.encode(String(value)));
    else (data as { [index: number]: unknown })[row] = ofType(type, value);
  }
  if (data !== undefined) vector.copy(new Uint8Array(data.buffer));
  if (hasGap) vector.setPresence(presence);
}

function ofType(type: ToldType, value: number | bigint | string | boolean): number | bigint {
  if (type === 'BIGINT') return BigInt(value);
  return Number(value);
}
