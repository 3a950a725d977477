// What stands in the cells of some columns, a run's state at this moment among them.
import type { Database } from '../../../../platform/sqlite/database';
import { type TableCell, type TableColumn, tableColumnOf } from '../../../../protocol/runs/run-table';
import { readColumns } from './column-values';
import { type FoundRun, type TableAsked, TableStates } from './found-runs';

/** The cells of some columns, states included: one list a column, in the order of the runs. */
export function valuesOf(
  database: Database,
  runs: readonly FoundRun[],
  { columns, asked }: { columns: readonly TableColumn[]; asked: TableAsked },
): TableCell[][] {
  const values = readColumns(database, runs, { columns, rules: asked.rules });
  const states = new TableStates(database, asked);
  return values.map((cells, place) => {
    const column = columns[place];
    return column?.of === 'fact' && column.key === 'state' ? runs.map((run) => states.of(run)) : cells;
  });
}

/** The columns that ids name, in their order; the ids were checked where they came in. */
export function columnsOf(ids: readonly string[]): TableColumn[] {
  return ids.map(tableColumnOf).filter((column) => column !== undefined);
}
