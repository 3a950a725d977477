// The part of the engine's API that the runs table asks.
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
} from './run-table';

/** Every method may throw SlipwayError. */
export interface TableApi {
  /** Every run that a filter finds, in order and in groups: ids alone. */
  tableRows(query: TableRowsQuery): Promise<TableRows>;
  /** The rows of these runs in the columns asked for; runs that are gone or in the trash are left out. */
  tableCells(query: TableCellsQuery): Promise<TableRow[]>;
  /** What groups of runs have in common. */
  tableSummaries(query: TableSummariesQuery): Promise<TableSummary[]>;
  /** The columns there are for a filter's runs, and which of them differ. */
  tableColumns(query: TableColumnsQuery): Promise<TableColumns>;
  /** The saved views of the workspace, by name. */
  tableViews(): SavedTableView[];
  /** Keeps a view under a name, in place of one that has it; null takes it away. */
  keepTableView(name: string, view: TableView | null): Promise<void>;
}
