// One side of a diff as it is taken in: a table, or of thousands of columns several whose columns of one type are lists,
// because DuckDB holds two thousand rows of each column to write it.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';

/** Columns that are taken in at a time. */
const mostColumns = 1000;

/** Makes `slipway_before` or `slipway_after` of the view `side`, with the numbers of its rows as the column `row`. */
export async function takeSide(
  duck: DuckDatabase,
  side: 'before' | 'after',
  { columns, row }: { columns: readonly TableColumn[]; row: string },
): Promise<void> {
  const [taken, from] = [`slipway_${side}`, identifier(side)];
  const number = `row_number() OVER () AS ${row}`;
  if (columns.length <= mostColumns) {
    await duck.run(`CREATE OR REPLACE TEMP TABLE ${taken} AS SELECT *, ${number} FROM ${from}`);
    return;
  }
  const places = new Map<string, string>();
  const parts: string[] = [];
  for (let start = 0; start < columns.length; start += mostColumns) {
    const lists = [...Map.groupBy(columns.slice(start, start + mostColumns), ({ type }) => type).values()];
    const named = lists.map((list, index) => {
      const name = `l${start + index}`;
      for (const [at, column] of list.entries()) places.set(column.name, `${name}[${at + 1}]`);
      return `[${list.map((column) => identifier(column.name)).join(', ')}] AS ${name}`;
    });
    const part = `${taken}_${parts.length}`;
    const all = parts.length === 0 ? [...named, number] : named;
    await duck.run(`CREATE OR REPLACE TEMP TABLE ${part} AS SELECT ${all.join(', ')} FROM ${from}`);
    parts.push(part);
  }
  const shown = columns.map(({ name }) => `${places.get(name)} AS ${identifier(name)}`);
  // The rows of a table lie in the order in which they were written.
  const whole = parts.join(' POSITIONAL JOIN ');
  await duck.run(`CREATE OR REPLACE TEMP VIEW ${taken} AS SELECT ${shown.join(', ')}, ${row} FROM ${whole}`);
}
