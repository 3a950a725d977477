// Columns of a table that is too wide to be taken in whole, some at a time: a file of text is parsed for each time it is read.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';

/** Columns that are taken in at a time. */
const sliceColumns = 1000;

/** Slices are asked for from left to right. */
export class TableSlices {
  readonly #duck: DuckDatabase;
  readonly #from: string;
  readonly #columns: readonly TableColumn[];
  readonly #isText: boolean;
  #start = 0;
  #end = 0;

  /** `isText`: reading `from` means parsing it. */
  constructor(
    duck: DuckDatabase,
    from: string,
    { columns, isText }: { columns: readonly TableColumn[]; isText: boolean },
  ) {
    this.#duck = duck;
    this.#from = from;
    this.#columns = columns;
    this.#isText = isText;
  }

  /** What has the columns from `start` up to `end`; the table itself where nothing is gained. */
  async of(start: number, end: number): Promise<string> {
    if (!this.#isText || this.#columns.length <= sliceColumns) return this.#from;
    if (start >= this.#start && Math.min(end, this.#columns.length) <= this.#end) return 'slipway_slice';
    this.#start = start;
    this.#end = Math.min(this.#columns.length, Math.max(end, start + sliceColumns));
    const names = this.#columns.slice(this.#start, this.#end).map(({ name }) => identifier(name));
    await this.#duck.run(`CREATE OR REPLACE TEMP TABLE slipway_slice AS SELECT ${names.join(', ')} FROM ${this.#from}`);
    return 'slipway_slice';
  }
}
