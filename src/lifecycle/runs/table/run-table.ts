// What the runs table asks. All of it may be long, so all of it is read on the reader threads.

import type { Database } from '../../../platform/sqlite/database';
import type {
  SavedTableView,
  TableCellsQuery,
  TableColumns,
  TableColumnsQuery,
  TableRow,
  TableRows,
  TableRowsQuery,
  TableSummariesQuery,
  TableSummary,
  TableView,
} from '../../../protocol/runs/run-table';
import type { ReaderPool } from '../../../workspace/readers';
import type { MetricRules } from '../reading/metric-direction';
import type { TableReads } from './reads';
import { keepTableView, tableViews } from './store/table-views';

/** `rules` is what slipway.yaml says of metrics now; `silence` and `now` in milliseconds. */
export interface RunTableOptions {
  database: Database;
  readers: ReaderPool<TableReads>;
  rules: () => MetricRules;
  now: () => number;
  silence: number;
}

/** The table over the active runs of a workspace. */
export class RunTable {
  readonly #options: RunTableOptions;

  constructor(options: RunTableOptions) {
    this.#options = options;
  }

  /** Every run that a filter finds, in order. */
  rows(query: TableRowsQuery): Promise<TableRows> {
    return this.#options.readers.run('tableRows', { ...query, ...this.#asked });
  }

  /** The cells of some runs; runs that are gone are left out. */
  cells(query: TableCellsQuery): Promise<TableRow[]> {
    return this.#options.readers.run('tableCells', { ...query, ...this.#asked });
  }

  /** What groups of runs have in common, in the order of the sets. */
  summaries(query: TableSummariesQuery): Promise<TableSummary[]> {
    return this.#options.readers.run('tableSummaries', { ...query, ...this.#asked });
  }

  /** The columns there are for a filter's runs. */
  columns(query: TableColumnsQuery): Promise<TableColumns> {
    return this.#options.readers.run('tableColumns', { ...query, ...this.#asked });
  }

  /** The saved views, by name. */
  views(): SavedTableView[] {
    return tableViews(this.#options.database);
  }

  /** Keeps a view under a name, in place of the one that has it; null takes it away. A write. Throws `invalid` for too many. */
  keepView(name: string, view: TableView | null): void {
    keepTableView(this.#options.database, name, view);
  }

  get #asked(): { now: number; silence: number; rules: MetricRules } {
    const { now, silence, rules } = this.#options;
    return { now: now(), silence, rules: rules() };
  }
}
