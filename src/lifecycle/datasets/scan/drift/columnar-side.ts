// A side whose files can be read column by column, as Parquet can.
import { chunkDoubles } from '../../../../platform/duckdb/chunk-doubles';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { sortNumbers } from '../../../../statistics/sample/sorted-numbers';
import { mostDistinct, type ReadColumn, streamed, type TableSide, TextDraw } from './table-side';

/** Reads each column when it is asked for. */
export class ColumnarSide implements TableSide {
  readonly rows: number;
  readonly #duck: DuckDatabase;
  readonly #table: string;
  #buffer: Float64Array | undefined;
  #scratch: Float64Array | undefined;

  private constructor(duck: DuckDatabase, table: string, rows: number) {
    this.#duck = duck;
    this.#table = table;
    this.rows = rows;
  }

  /** `table` is a view of DuckDB's. */
  static async open(duck: DuckDatabase, table: string): Promise<ColumnarSide> {
    const [counted] = await duck.rows(`SELECT count(*) AS n FROM ${table}`);
    return new ColumnarSide(duck, table, Number(counted?.n ?? 0));
  }

  async take(): Promise<void> {}

  close(): void {}

  async numbers(column: ReadColumn): Promise<Float64Array> {
    this.#buffer ??= new Float64Array(this.rows);
    let count = 0;
    const finite = `SELECT x FROM (SELECT ${streamed(column)} AS x FROM ${this.#table}) WHERE isfinite(x)`;
    for await (const chunk of this.#duck.chunks(finite)) {
      this.#buffer.set(chunkDoubles(chunk, 0), count);
      count += chunk.rowCount;
    }
    this.#scratch ??= new Float64Array(this.rows);
    return sortNumbers(this.#buffer.subarray(0, count), this.#scratch);
  }

  async counts(column: ReadColumn): Promise<Map<string, number> | undefined> {
    const counts = new Map<string, number>();
    const sql = `SELECT v, count(*)::DOUBLE FROM (SELECT ${streamed(column)} AS v FROM ${this.#table})
      WHERE v IS NOT NULL GROUP BY v LIMIT ${mostDistinct + 1}`;
    for await (const chunk of this.#duck.chunks(sql))
      for (const [value, rows] of chunk.getRows()) counts.set(String(value), Number(rows));
    return counts.size > mostDistinct ? undefined : counts;
  }

  async texts(column: ReadColumn): Promise<TextDraw> {
    const draw = new TextDraw();
    const sql = `SELECT v FROM (SELECT ${streamed(column)} AS v FROM ${this.#table}) WHERE v IS NOT NULL`;
    for await (const chunk of this.#duck.chunks(sql)) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < vector.itemCount; row += 1) draw.take(vector.getItem(row) as string);
    }
    return draw;
  }
}
