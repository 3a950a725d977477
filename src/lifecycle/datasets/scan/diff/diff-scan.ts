// The diff of the views `before` and `after`.
import type {
  ColumnDiff,
  ColumnNumbers,
  DiffExamples,
  DiffRow,
  DiffRowsPage,
  DiffRowsQuery,
  TableDiff,
} from '../../../../protocol/datasets/table/diff';
import type { ColumnQuantiles } from '../../../../protocol/datasets/table/profile';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { JobProgress } from '../../../../protocol/jobs/job';
import { TableColumns } from '../columns/asked-columns';
import type { OpenTables } from '../open-tables';
import { columnSummaries } from '../profile/column-summaries';
import { columnValues } from '../profile/column-values';
import type { ComparedRows } from './compared-rows';
import { type CommonColumns, schemaDiff } from './diff-columns';
import { rowsDiff } from './diff-rows';
import { differentRows, shownNames } from './different-rows';

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
  const before = await numbersOf(tables, 'slipway_before', columns.before, terms.signal);
  step('Comparing columns', 3);
  const after = await numbersOf(tables, 'slipway_after', columns.after, terms.signal);
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

async function examplesOf({ duck }: OpenTables, columns: CommonColumns): Promise<DiffExamples> {
  const some = async (which: DiffRowsQuery['which']): Promise<DiffRow[]> =>
    (await differentRows(duck, columns, { which, column: null, offset: 0, limit: mostExamples })).rows;
  const [added, removed, changed] = [await some('added'), await some('removed'), await some('changed')];
  return { columns: shownNames(columns), added, removed, changed };
}

/** In one statement at most; more make DuckDB slow. */
const mostColumns = 200;
const mostExamples = 5;

async function numbersOf(
  { duck }: OpenTables,
  from: string,
  columns: readonly TableColumn[],
  signal: AbortSignal,
): Promise<Map<string, ColumnNumbers>> {
  const found = new Map<string, ColumnNumbers>();
  for (let start = 0; start < columns.length; start += mostColumns) {
    const group = new TableColumns(duck, from, columns.slice(start, start + mostColumns));
    for (const summary of await columnSummaries(group)) {
      signal.throwIfAborted();
      const plain = { ...summary, of: { ...summary.of, isText: false } };
      const { distinct, isDistinctExact } = await columnValues(duck, from, plain);
      const { nulls, numbers, of } = summary;
      found.set(of.column.name, {
        nulls,
        distinct,
        isDistinctExact,
        mean: numbers?.mean ?? null,
        quantiles: numbers?.quantiles == null ? null : asDoubles(numbers.quantiles),
      });
    }
  }
  return found;
}

/** They are told whether they moved, and shown short. */
function asDoubles({ p05, p25, p50, p75, p95 }: ColumnQuantiles<number | string>): ColumnQuantiles<number> {
  return { p05: Number(p05), p25: Number(p25), p50: Number(p50), p75: Number(p75), p95: Number(p95) };
}
