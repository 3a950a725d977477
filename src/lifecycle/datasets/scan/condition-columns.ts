// Conditions over the rows of a table as columns of it.
import { SlipwayError } from '../../../base/errors';
import type { TableFiles, TableSource } from '../../../protocol/datasets/table-source';
import { type OpenTerms, withTables } from './open-tables';

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

/**
 * By condition why it cannot be used, null where it can. Each is tried on every row: some fail on a value alone. Throws
 * SlipwayError as opening the table does.
 */
export async function conditionFaults(
  source: TableSource,
  conditions: readonly string[],
  terms: OpenTerms,
): Promise<(string | null)[]> {
  // Usually all can, and one look at the rows tells.
  if ((await faultOf(source, conditions, terms)) === null) return conditions.map(() => null);
  const faults: (string | null)[] = [];
  for (const condition of conditions) faults.push(await faultOf(source, [condition], terms));
  return faults;
}

async function faultOf(source: TableSource, conditions: readonly string[], terms: OpenTerms): Promise<string | null> {
  const columns = conditions.map((condition, at) => ({ name: `slipway_holds_${at}`, condition }));
  if (columns.length === 0) return null;
  try {
    const wanted = columns.map(({ name }) => `max(${name})`).join(', ');
    const tried = { data: withConditions(source, columns) };
    await withTables(tried, terms, ({ duck }) => duck.rows(`SELECT ${wanted} FROM data`));
    return null;
  } catch (error) {
    if (!SlipwayError.is(error, 'invalid')) throw error;
    // The place is one of the query that it was put into.
    return error.message.replace(/^The query(, line \d+, character \d+)?: /, '');
  }
}
