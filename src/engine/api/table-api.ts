// The part of the API that the runs table asks.
import type { RunTable } from '../../lifecycle/runs/table/run-table';
import type { TableApi } from '../../protocol/runs/table-api';
import type { WriteQueue } from '../../workspace/write-queue';

/** The table's methods; a view is kept in its turn among the other writes. */
export function tableApi({ table, writes }: { table: RunTable; writes: WriteQueue }): TableApi {
  return {
    tableRows: (query) => table.rows(query),
    tableCells: (query) => table.cells(query),
    tableSummaries: (query) => table.summaries(query),
    tableColumns: (query) => table.columns(query),
    tableViews: () => table.views(),
    keepTableView: async (name, view) => writes.run(() => table.keepView(name, view)),
  };
}
