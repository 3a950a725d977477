// The runs table as clients ask for it: columns by id, the order of all rows at once, cells only of the rows in sight.
import * as z from 'zod';
import type { WireNumber } from '../number';
import type { MetricDirection, RunState } from '../run';
import { runFilter } from './run-filter';

/** What every run has, by the name under which a column shows it. */
export const factNames = [
  'name',
  'state',
  'started',
  'duration',
  'experiment',
  'parent',
  'user',
  'data',
  'model',
  'commit',
  'branch',
  'size',
  'note',
  'id',
] as const;
export type FactName = (typeof factNames)[number];

/** Which number of a metric's history a column shows; `best` by its direction, `step` is where that was. */
export const metricStats = ['last', 'min', 'max', 'best', 'step'] as const;
export type MetricStat = (typeof metricStats)[number];

/** A column, taken apart. */
export type TableColumn =
  | { of: 'fact'; key: FactName }
  | { of: 'param' | 'tag'; key: string }
  | { of: 'metric'; key: string; stat: MetricStat };

const longestId = 1100;
const idForm = /^(?:(fact|param|tag)|metric\.([a-z]+)):([\s\S]+)$/;

/** The column that an id names (`fact:state`, `param:lr`, `tag:team`, `metric.last:loss`); undefined for no column's. */
export function tableColumnOf(id: string): TableColumn | undefined {
  const [, of, stat, key = ''] = idForm.exec(id) ?? [];
  if (of === 'fact') {
    const fact = factNames.find((name) => name === key);
    return fact && { of, key: fact };
  }
  if (of === 'param' || of === 'tag') return { of, key };
  const known = metricStats.find((name) => name === stat);
  return known && { of: 'metric', key, stat: known };
}

/** The id of a column. */
export function tableColumnId(column: TableColumn): string {
  return column.of === 'metric' ? `metric.${column.stat}:${column.key}` : `${column.of}:${column.key}`;
}

const columnId = z
  .string()
  .max(longestId)
  .refine((id) => tableColumnOf(id) !== undefined, 'there is no such column');
const columnIds = z.array(columnId).max(300);
const runIds = z.array(z.string().min(1).max(256));

/** Ordered by the first, then the second, …; runs without a value come last either way. */
export const tableSort = z.array(z.object({ column: columnId, descending: z.boolean() })).max(10);
export type TableSort = z.infer<typeof tableSort>;

/** Which runs in which order, and by which columns they are put together. */
export const tableRowsQuery = z.object({
  filter: runFilter,
  sort: tableSort.default([]),
  groupBy: columnIds.default([]),
  /** With the name of every run, for who does not know them yet. */
  named: z.boolean().default(true),
  /** With the cells of so many rows from the first one in sight on, in these columns; not where runs are grouped. */
  sight: z
    .object({ from: z.int().min(0), count: z.int().min(0).max(200), columns: columnIds })
    .nullable()
    .default(null),
});
export type TableRowsQuery = z.output<typeof tableRowsQuery>;

/** Cells of some runs: those whose rows are in sight, in the columns in sight. */
export const tableCellsQuery = z.object({ runIds: runIds.max(500), columns: columnIds });
export type TableCellsQuery = z.output<typeof tableCellsQuery>;

/** What groups have in common: each set is a group's runs. */
export const tableSummariesQuery = z.object({ sets: z.array(runIds).max(200), columns: columnIds });
export type TableSummariesQuery = z.output<typeof tableSummariesQuery>;

/** Which columns there are for the runs of a filter; `some` looks at the newest of them only, to be quick. */
export const tableColumnsQuery = z.object({ filter: runFilter, of: z.enum(['some', 'all']) });
export type TableColumnsQuery = z.output<typeof tableColumnsQuery>;

/** What stands in a cell: a number, a text, or null where the run has no such value. */
export type TableCell = WireNumber | string | null;

/** Runs with one value in each of the columns they are grouped by. */
export interface TableGroup {
  values: TableCell[];
  runIds: string[];
}

/**
 * Every run the filter finds, in order: ids with a space between, since one long text crosses processes many times as
 * fast as ten thousand short ones. `groups` instead where they were asked for. `names` are those of all runs in the order in
 * which they are listed, null where they were not asked for; `sight` are the rows in sight. `all`: without the filter.
 */
export interface TableRows {
  all: number;
  runIds: string;
  names: string[] | null;
  groups: TableGroup[] | null;
  sight: TableRow[];
}

/** One run's cells, in the order of the columns asked for. Times are epoch milliseconds. */
export interface TableRow {
  runId: string;
  name: string;
  state: RunState;
  startTime: number;
  starred: boolean;
  archived: boolean;
  cells: TableCell[];
}

/**
 * One column over a group: numbers as mean and standard deviation (n − 1) of `count` runs, with the extremes; texts as
 * the one value all share, else how many differ. Runs that have not finished are left out of metrics.
 */
export type TableSummaryCell =
  | { kind: 'number'; count: number; mean: number; sd: number | null; low: number; high: number }
  | { kind: 'text'; value: TableCell; differ: number };

/** A group of runs: how many, how they are, and its cells; null where no run has a value. */
export interface TableSummary {
  runs: number;
  states: Partial<Record<RunState, number>>;
  cells: (TableSummaryCell | null)[];
}

/** A column there is. `runs` have a value in it; `varies` when not all do, or not all the same one. */
export interface ColumnInfo {
  id: string;
  runs: number;
  varies: boolean;
  /** All its values are numbers. */
  numeric: boolean;
  direction: MetricDirection;
}

/** The columns for a filter's runs. `looked` runs were looked at; `left` names found no room. */
export interface TableColumns {
  items: ColumnInfo[];
  /** Ids of the columns a table shows while nobody has chosen. */
  usual: string[];
  looked: number;
  left: number;
}

/** How a table is laid out: what a saved view holds. Column ids; widths in CSS pixels. */
export const tableView = z.object({
  /** Null while nobody has chosen: those that differ. */
  columns: columnIds.nullable().default(null),
  pinned: columnIds.default([]),
  widths: z.record(z.string().max(longestId), z.number().min(24).max(2000)).default({}),
  onlyChanged: z.boolean().default(true),
  sort: tableSort.default([]),
  filter: z.string().max(10_000).default(''),
  groupBy: columnIds.default([]),
  baseline: z.string().max(256).nullable().default(null),
});
export type TableView = z.infer<typeof tableView>;

/** A view under its name. */
export const savedTableView = z.object({ name: z.string().trim().min(1).max(100), view: tableView });
export type SavedTableView = z.infer<typeof savedTableView>;

/** So many views are kept in a workspace. */
export const mostTableViews = 200;
