// A side whose files have to be parsed whole, as CSV and JSON: a few columns in one pass, each number once in memory.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { sortNumbers } from '../../../../statistics/sample/sorted-numbers';
import { mostDistinct, type ReadColumn, streamed, type TableSide, TextDraw } from './table-side';

/** Numbers are kept in blocks, of which each is twice the one before: how many rows there are is known at the end only. */
const firstBlock = 1024;
const mostBlock = 16_384;

/** What one pass keeps of a column. */
type Taken = NumberBlocks | ValueCounts;

/** Keeps the columns of the last pass. */
export class ParsedSide implements TableSide {
  rows = 0;
  readonly #duck: DuckDatabase;
  readonly #table: string;
  #taken = new Map<string, Taken>();
  #buffer = new Float64Array(0);
  #scratch = new Float64Array(0);

  /** `table` is a view of DuckDB's. */
  constructor(duck: DuckDatabase, table: string) {
    this.#duck = duck;
    this.#table = table;
  }

  async take(columns: readonly ReadColumn[]): Promise<void> {
    const taken = columns.map(({ asNumbers }): Taken => (asNumbers ? new NumberBlocks() : new ValueCounts()));
    this.#taken = new Map(columns.map(({ name }, index) => [name, taken[index] as Taken]));
    this.rows = 0;
    for await (const chunk of this.#duck.chunks(`SELECT ${columns.map(streamed).join(', ')} FROM ${this.#table}`)) {
      this.rows += chunk.rowCount;
      for (const [index, column] of taken.entries()) {
        const vector = chunk.getColumnVector(index);
        for (let row = 0; row < vector.itemCount; row += 1) column.take(vector.getItem(row));
      }
    }
  }

  async numbers({ name }: ReadColumn): Promise<Float64Array> {
    const blocks = this.#taken.get(name) as NumberBlocks;
    if (this.#buffer.length < blocks.count) {
      this.#buffer = new Float64Array(this.rows);
      this.#scratch = new Float64Array(this.rows);
    }
    return sortNumbers(blocks.into(this.#buffer), this.#scratch);
  }

  async counts({ name }: ReadColumn): Promise<Map<string, number> | undefined> {
    return (this.#taken.get(name) as ValueCounts).counts;
  }

  async texts({ name }: ReadColumn): Promise<TextDraw> {
    return (this.#taken.get(name) as ValueCounts).draw;
  }
}

/** The finite numbers of a column. */
class NumberBlocks {
  count = 0;
  readonly #full: Float64Array[] = [];
  #block = new Float64Array(firstBlock);
  #used = 0;

  take(value: unknown): void {
    if (!Number.isFinite(value)) return;
    if (this.#used === this.#block.length) {
      this.#full.push(this.#block);
      this.#block = new Float64Array(Math.min(mostBlock, this.#block.length * 2));
      this.#used = 0;
    }
    this.#block[this.#used] = value as number;
    this.#used += 1;
    this.count += 1;
  }

  into(buffer: Float64Array): Float64Array {
    let filled = 0;
    for (const block of [...this.#full, this.#block.subarray(0, this.#used)]) {
      buffer.set(block, filled);
      filled += block.length;
    }
    return buffer.subarray(0, this.count);
  }
}

/** The values of a column as texts. */
class ValueCounts {
  counts: Map<string, number> | undefined = new Map();
  readonly draw = new TextDraw();

  take(value: unknown): void {
    if (value === null) return;
    const text = value as string;
    this.draw.take(text);
    if (this.counts === undefined) return;
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
    if (this.counts.size > mostDistinct) this.counts = undefined;
  }
}
