// Columns of one type in a table of two: `k` is which one, `v` its value. A statement then asks each aggregate once, where
// thousands of columns side by side take longer to plan than to read.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { AskedColumns, ColumnAggregates, ColumnAnswers } from './asked-columns';

/** Each value of a stack is a row of it. */
const mostRows = 10_000;
const mostColumns = 1000;
const mostValues = 5_000_000;

/** How many columns of a table of so many rows are taken at a time; 0: they had better be asked side by side. */
export function stackedAtOnce(rows: number): number {
  return rows > mostRows ? 0 : Math.min(mostColumns, Math.floor(mostValues / Math.max(1, rows)));
}

/** The table that holds them, until others are stacked. */
export const stack = 'slipway_stack';

type Constants = (number | readonly number[])[];

/** So many columns as `stackedAtOnce` allows, answered by one statement for each set of aggregates that is asked of them. */
export class StackedColumns implements AskedColumns {
  readonly columns: readonly TableColumn[];
  readonly #duck: DuckDatabase;

  private constructor(duck: DuckDatabase, columns: readonly TableColumn[]) {
    this.#duck = duck;
    this.columns = columns;
  }

  /** `columns` of `from`, all of one type, which are numbered from 0 in `stack`. */
  static async of(duck: DuckDatabase, from: string, columns: readonly TableColumn[]): Promise<StackedColumns> {
    const values = columns.map(({ name }) => identifier(name)).join(', ');
    const rows = `SELECT unnest(range(${columns.length})) AS k, unnest([${values}]) AS v FROM ${from}`;
    await duck.run(`CREATE OR REPLACE TEMP TABLE ${stack} AS ${rows}`);
    return new StackedColumns(duck, columns);
  }

  async ask(aggregates: ColumnAggregates): Promise<ColumnAnswers[]> {
    const asked = this.columns.map((column, index) => {
      const constants: Constants = [];
      const constant = (value: Constants[number]): string => `p${constants.push(value) - 1}`;
      const terms = Object.entries(aggregates({ ...column, name: 'v' }, index, constant));
      return { index, terms: terms.map(([name, sql]) => `${sql} AS ${identifier(`a${name}`)}`).join(', '), constants };
    });
    const answers: ColumnAnswers[] = this.columns.map(() => ({}));
    for (const [terms, alike] of Map.groupBy(asked, (each) => each.terms)) {
      if (terms === '') continue;
      const from = `${stack} JOIN ${tableOf(alike)} USING (k)`;
      for (const { k, ...found } of await this.#duck.rows(`SELECT k, ${terms} FROM ${from} GROUP BY k`))
        answers[Number(k)] = Object.fromEntries(Object.entries(found).map(([name, value]) => [name.slice(1), value]));
    }
    return answers;
  }
}

/** The numbers of some columns and their constants as a table. */
function tableOf(alike: readonly { index: number; constants: Constants }[]): string {
  const count = alike[0]?.constants.length ?? 0;
  const constants = Array.from({ length: count }, (_, place) => {
    const values = alike.map((each) => each.constants[place] as Constants[number]);
    const type = typeof values[0] === 'number' ? 'DOUBLE[]' : 'DOUBLE[][]';
    return `, unnest(CAST('${JSON.stringify(values)}' AS ${type})) AS p${place}`;
  });
  return `(SELECT unnest([${alike.map(({ index }) => index).join(', ')}]) AS k${constants.join('')})`;
}
