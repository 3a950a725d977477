// Conditions over the rows of a table as columns of it.
import type { TableFiles, TableSource } from '../../../protocol/datasets/table-source';

/** A condition, and the name of the column that says `yes` where it holds, else `no`. */
export interface ConditionColumn {
  name: string;
  condition: string;
}

/** The table with these columns beside its own. A condition is SQL, and is judged when the table is opened. */
export function withConditions(source: TableSource, columns: readonly ConditionColumn[]): TableSource {
  if (columns.length === 0) return source;
  // The line end closes a comment that a condition may end with.
  const made = columns.map(({ name, condition }) => `CASE WHEN (${condition}\n) THEN 'yes' ELSE 'no' END AS ${name}`);
  const [from, tables] =
    'query' in source ? [`(${source.query}\n)`, source.tables] : ['data', { data: source as TableFiles }];
  return { query: `SELECT *, ${made.join(', ')} FROM ${from}`, tables };
}
