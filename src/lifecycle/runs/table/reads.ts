// The readings of the runs table, by name: what a reader thread can be asked.
import { tableCells, tableSummaries } from './store/table-cells';
import { tableColumns } from './store/table-columns';
import { tableRows } from './store/table-rows';

/** Each is a function of a read-only connection and a query that can be sent to a thread. */
export const tableReads = { tableCells, tableColumns, tableRows, tableSummaries };
export type TableReads = typeof tableReads;
