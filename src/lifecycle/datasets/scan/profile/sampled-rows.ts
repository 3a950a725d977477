// Every k-th row of a table, for what needs rows whole: how columns go together.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { type CodedColumn, codedCategories, codedNumbers } from '../../profile/coded-column';
import type { ColumnValue } from './column-value';

const mostRows = 100_000;

/** `rows` is how many were read. */
export interface SampledRows {
  rows: number;
  isSample: boolean;
  columns: CodedColumn[];
}

/** `total` is how many rows `from` has; numbers are read as numbers, everything else as categories. */
export async function sampledRows(
  duck: DuckDatabase,
  from: string,
  { total, columns }: { total: number; columns: readonly ColumnValue[] },
): Promise<SampledRows> {
  const every = Math.ceil(total / mostRows);
  const terms = columns.map(({ isNumber, double, value }, index) =>
    isNumber ? `${double} AS c${index}` : `CAST(${value} AS VARCHAR) AS c${index}`,
  );
  const all = `SELECT ${terms.join(', ')} FROM ${from}`;
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const sql =
    every <= 1
      ? all
      : `SELECT ${names} FROM (SELECT *, row_number() OVER () AS r FROM (${all})) WHERE r % ${every} = 1`;
  const read = columns.map(({ isNumber }): Float64Array | (string | null)[] =>
    isNumber ? new Float64Array(Math.ceil(total / Math.max(1, every))) : [],
  );
  let rows = 0;
  for await (const chunk of duck.chunks(sql)) {
    read.forEach((into, index) => {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < chunk.rowCount; row += 1) {
        const item = vector.getItem(row);
        if (Array.isArray(into)) into.push(item as string | null);
        else into[rows + row] = item === null ? Number.NaN : (item as number);
      }
    });
    rows += chunk.rowCount;
  }
  const coded = columns.map(({ column }, index) => {
    const values = read[index] ?? [];
    return Array.isArray(values) ? codedCategories(column.name, values) : codedNumbers(column.name, values);
  });
  return { rows, isSample: every > 1, columns: coded };
}
