// Columns of a table that are asked the same aggregates at once.
import type { DuckDatabase, DuckJson } from '../../../../platform/duckdb/duck-database';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';

/** The SQL of a number that belongs to one column, or of a list of them; all finite. */
export type ColumnConstant = (value: number | readonly number[]) => string;

/** Aggregates of a column by the names of their answers. `column` is the one at `index`, by the name it has in the statement. */
export type ColumnAggregates = (column: TableColumn, index: number, constant: ColumnConstant) => Record<string, string>;

/** What an aggregate says, by its name. */
export type ColumnAnswers = Record<string, DuckJson>;

export interface AskedColumns {
  readonly columns: readonly TableColumn[];
  /** The answers of each column, in the order of the columns. */
  ask(aggregates: ColumnAggregates): Promise<ColumnAnswers[]>;
}

/** Columns as they stand in a table: one statement, each aggregate in it by itself. */
export class TableColumns implements AskedColumns {
  readonly columns: readonly TableColumn[];
  readonly #duck: DuckDatabase;
  readonly #from: string;

  constructor(duck: DuckDatabase, from: string, columns: readonly TableColumn[]) {
    this.#duck = duck;
    this.#from = from;
    this.columns = columns;
  }

  async ask(aggregates: ColumnAggregates): Promise<ColumnAnswers[]> {
    const asked = this.columns.map((column, index) => Object.entries(aggregates(column, index, literalConstant)));
    const terms = asked.flatMap((each, index) => each.map(([name, sql]) => `${sql} AS c${index}${name}`));
    const [found = {}] =
      terms.length === 0 ? [] : await this.#duck.rows(`SELECT ${terms.join(', ')} FROM ${this.#from}`);
    return asked.map((each, index) =>
      Object.fromEntries(each.map(([name]) => [name, found[`c${index}${name}`] as DuckJson])),
    );
  }
}

function literalConstant(value: number | readonly number[]): string {
  return typeof value === 'number' ? `CAST('${value}' AS DOUBLE)` : `CAST('${JSON.stringify(value)}' AS DOUBLE[])`;
}
