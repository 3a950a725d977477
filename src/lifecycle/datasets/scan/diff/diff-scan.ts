// The diff of the views `before` and `after`.
import type {
  ColumnDiff,
  DiffExamples,
  DiffRow,
  DiffRowsPage,
  DiffRowsQuery,
  TableDiff,
} from '../../../../protocol/datasets/table/diff';
import type { JobProgress } from '../../../../protocol/jobs/job';
import type { OpenTables } from '../open-tables';
import type { ComparedRows } from './compared-rows';
import { type CommonColumns, schemaDiff } from './diff-columns';
import { rowsDiff } from './diff-rows';
import { differentRows, shownNames } from './different-rows';
import { sideNumbers } from './side-numbers';

/** How a diff is told of while it is made. */
export interface DiffTerms {
  signal: AbortSignal;
  progress(progress: JobProgress): void;
}

/** Both tables with their rows compared; columns, rows, examples and numbers. */
export async function diffScan(
  tables: OpenTables,
  compared: ComparedRows,
  { key, ...terms }: DiffTerms & { key: readonly string[] },
): Promise<TableDiff> {
  const step = (what: string, done: number): void => {
    terms.signal.throwIfAborted();
    terms.progress({ what, done, total: 4 });
  };
  step('Reading both tables', 0);
  await compared.take(tables);
  step('Comparing rows', 1);
  const columns = await compared.by(tables, key);
  const rows = await rowsDiff(tables.duck, columns);
  const examples = await examplesOf(tables, columns);
  step('Comparing columns', 2);
  const { signal } = terms;
  const before = await sideNumbers(tables.duck, 'slipway_before', { columns: columns.before, signal });
  step('Comparing columns', 3);
  const after = await sideNumbers(tables.duck, 'slipway_after', { columns: columns.after, signal });
  const names = [...new Set([...columns.after, ...columns.before].map(({ name }) => name))];
  const sides: ColumnDiff[] = names.map((name) => ({
    name,
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }));
  return { schema: schemaDiff(columns), rows, examples, columns: sides, notes: tables.notes };
}

/** A page of the rows that came, went or changed. */
export async function diffRowsScan(
  tables: OpenTables,
  compared: ComparedRows,
  query: Omit<DiffRowsQuery, 'before' | 'after'>,
): Promise<DiffRowsPage> {
  return differentRows(tables.duck, await compared.by(tables, query.key), query);
}

/** Of each kind of difference. */
const mostExamples = 5;

async function examplesOf({ duck }: OpenTables, columns: CommonColumns): Promise<DiffExamples> {
  const some = async (which: DiffRowsQuery['which']): Promise<DiffRow[]> =>
    (await differentRows(duck, columns, { which, column: null, offset: 0, limit: mostExamples })).rows;
  const [added, removed, changed] = [await some('added'), await some('removed'), await some('changed')];
  return { columns: shownNames(columns), added, removed, changed };
}
