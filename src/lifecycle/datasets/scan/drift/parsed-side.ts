// A side whose files have to be parsed whole, as CSV and JSON: a few columns in one pass, whose numbers wait in a file.
import { chunkDoubles } from '../../../../platform/duckdb/chunk-doubles';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { sortNumbers } from '../../../../statistics/sample/sorted-numbers';
import { NumberSpill } from './number-spill';
import { SpilledNumbers } from './spilled-numbers';
import { mostDistinct, type ReadColumn, streamed, type TableSide, TextDraw } from './table-side';

/** What one pass keeps of a column. */
type Taken = SpilledNumbers | ValueCounts;

/** Keeps the columns of the last pass. */
export class ParsedSide implements TableSide {
  rows = 0;
  readonly #duck: DuckDatabase;
  readonly #table: string;
  readonly #spill: NumberSpill;
  #taken = new Map<string, Taken>();
  #buffer = new Float64Array(0);
  #scratch = new Float64Array(0);

  /** `table` is a view of DuckDB's; `spill` a folder for what is too much for memory. */
  constructor(duck: DuckDatabase, table: string, spill: string) {
    this.#spill = new NumberSpill(spill);
    this.#duck = duck;
    this.#table = table;
  }

  async take(columns: readonly ReadColumn[]): Promise<void> {
    this.#spill.forget();
    const taken = columns.map(
      ({ asNumbers }): Taken => (asNumbers ? new SpilledNumbers(this.#spill) : new ValueCounts()),
    );
    this.#taken = new Map(columns.map(({ name }, index) => [name, taken[index] as Taken]));
    this.rows = 0;
    for await (const chunk of this.#duck.chunks(`SELECT ${columns.map(present).join(', ')} FROM ${this.#table}`)) {
      this.rows += chunk.rowCount;
      for (const [index, column] of taken.entries()) {
        if (column instanceof SpilledNumbers) {
          column.take(chunkDoubles(chunk, index));
          continue;
        }
        const vector = chunk.getColumnVector(index);
        for (let row = 0; row < vector.itemCount; row += 1) column.take(vector.getItem(row));
      }
    }
  }

  async numbers({ name }: ReadColumn): Promise<Float64Array> {
    const numbers = this.#taken.get(name) as SpilledNumbers;
    if (this.#buffer.length < numbers.count) {
      this.#buffer = new Float64Array(this.rows);
      this.#scratch = new Float64Array(this.rows);
    }
    return sortNumbers(numbers.into(this.#buffer), this.#scratch);
  }

  async counts({ name }: ReadColumn): Promise<Map<string, number> | undefined> {
    return (this.#taken.get(name) as ValueCounts).counts;
  }

  async texts({ name }: ReadColumn): Promise<TextDraw> {
    return (this.#taken.get(name) as ValueCounts).draw;
  }

  close(): void {
    this.#spill.close();
  }
}

/** A number that is missing is none either. */
function present(column: ReadColumn): string {
  return column.asNumbers ? `coalesce(${streamed(column)}, 'nan'::DOUBLE)` : streamed(column);
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
