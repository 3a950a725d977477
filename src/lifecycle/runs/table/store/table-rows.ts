// Every run that a filter finds, in the order and the groups that a table shows.
import type { Database } from '../../../../platform/sqlite/database';
import type { TableCell, TableRow, TableRows, TableRowsQuery } from '../../../../protocol/runs/run-table';
import { type ColumnOrder, orderedPlaces } from '../column-order';
import { countedPlaces, summaryOf } from '../group-summary';
import { countTableRuns, type FoundRun, findTableRuns, type TableAsked, TableStates } from './found-runs';
import { columnsOf, valuesOf } from './shown-values';
import { tableCells } from './table-cells';

/** The ids of all runs in order. Without a sort the newest come first, which is also the order among equals. */
export function tableRows(database: Database, query: TableRowsQuery & TableAsked): TableRows {
  const { sort, groupBy, named, sight, ...asked } = query;
  const found = findTableRuns(database, { ...asked, limit: null });
  const columns = columnsOf([...sort.map(({ column }) => column), ...groupBy]);
  const values = valuesOf(database, found, { columns, asked });
  const orders = sort.flatMap(({ descending }, place): ColumnOrder[] => {
    const [column, cells] = [columns[place], values[place]];
    return column === undefined || cells === undefined ? [] : [{ column, descending, cells }];
  });
  const places = orderedPlaces(found.length, orders);
  const all = countTableRuns(database);
  const runsAt = (at: readonly number[]): FoundRun[] =>
    at.map((place) => found[place]).filter((run) => run !== undefined);
  if (groupBy.length === 0) {
    const sorted = runsAt(places);
    const runIds = sorted.map(({ runId }) => runId);
    const names = namesIf(named, sorted);
    return {
      all,
      runIds: runIds.join(' '),
      names,
      groups: null,
      sight: cellsInSight(database, runIds, { sight, asked }),
    };
  }
  const states = new TableStates(database, asked);
  const isFinished = found.map((run) => states.of(run) === 'finished');
  const groups = sortGroups(groupsOf(places, values.slice(sort.length)), { orders, isFinished });
  const listed = groups.map(({ values: own, places: at }) => ({ values: own, runs: runsAt(at) }));
  return {
    all,
    runIds: '',
    names: namesIf(
      named,
      listed.flatMap(({ runs }) => runs),
    ),
    groups: listed.map(({ values: own, runs }) => ({ values: own, runIds: runs.map(({ runId }) => runId) })),
    sight: [],
  };
}

function cellsInSight(
  database: Database,
  runIds: readonly string[],
  { sight, asked }: Pick<TableRowsQuery, 'sight'> & { asked: TableAsked },
): TableRow[] {
  if (sight === null) return [];
  const { from, count, columns } = sight;
  return tableCells(database, { runIds: runIds.slice(from, from + count), columns, ...asked });
}

function namesIf(asked: boolean, runs: readonly FoundRun[]): string[] | null {
  return asked ? runs.map(({ name }) => name) : null;
}

interface Group {
  values: TableCell[];
  places: number[];
}

/** Groups in the order of their first members; these in the order they are given in. */
function groupsOf(places: readonly number[], columns: readonly TableCell[][]): Group[] {
  const groups = new Map<string, Group>();
  for (const place of places) {
    const values = columns.map((cells) => cells[place] ?? null);
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { values, places: [place] });
    else group.places.push(place);
  }
  return [...groups.values()];
}

/** Groups by the average that is shown of them; one that has none by its first run, which came first already. */
function sortGroups(
  groups: Group[],
  { orders, isFinished }: { orders: readonly ColumnOrder[]; isFinished: readonly boolean[] },
): Group[] {
  const byMean = orders.map(({ column, descending, cells }): ColumnOrder => {
    const means = groups.map(({ places }) => {
      const counted = countedPlaces(column, places, isFinished);
      const summary = summaryOf(
        column,
        counted.map((place) => cells[place] ?? null),
      );
      if (summary?.kind === 'number') return summary.mean;
      return column.of === 'metric' ? null : (cells[places[0] ?? -1] ?? null);
    });
    return { column, descending, cells: means };
  });
  return orderedPlaces(groups.length, byMean)
    .map((place) => groups[place])
    .filter((group) => group !== undefined);
}
