// All that the table shows, put together from its state and the engine's answers.
import { useMemo, useRef } from 'react';
import { parseRunFilter, type RunFilter } from '../../src/protocol/runs/run-filter';
import type { TableColumns, TableGroup, TableView } from '../../src/protocol/runs/run-table';
import { type ShownColumn, shownColumns } from './columns/shown-column';
import { linesOf } from './data/lines';
import { type ListedRuns, type RowsInSight, useListedRuns } from './data/listed-runs';
import { useNoise } from './data/noise';
import { runCells, useGroupShelf, useRunShelf, useShelfVersion, useTableColumns } from './data/table-data';
import { overscan, rowHeight } from './grid/grid-place';
import { useSelection } from './selection';
import { useTableEdits } from './table-edits';
import type { TableState } from './table-state';

/** Below this width only metrics are shown beside the name, the sorted one first. */
const narrowWidth = 640;
const mostInSight = 120;
const noGroups: readonly TableGroup[] = [];
const noRows: ListedRuns = { all: 0, runIds: [], names: new Map(), groups: null };

/** A view of which the filter is wrong lists all runs and says why. */
export function useTableModel({ state, change }: TableState, width: number) {
  const { view } = state;
  const read = useMemo(() => parseRunFilter(view.filter), [view.filter]);
  const filter: RunFilter = 'filter' in read ? read.filter : {};
  const sight = useRef<RowsInSight | null>(null);
  const rows = useListedRuns(filter, view, sight);
  const known = useTableColumns(filter);
  const isNarrow = width > 0 && width < narrowWidth;
  const { columns, hidden } = useColumnsShown(view, known.value, isNarrow);
  const ids = useMemo(() => columns.map(({ id }) => id), [columns]);
  const listed = useListed(rows.value ?? noRows, state);
  const runs = useRunShelf(ids);
  const groups = useGroupShelf(ids, listed.groupList);
  sight.current = rowsInSight(ids, state.scroll, runs);
  useShelfVersion(runs);
  const baseline = view.baseline === null ? undefined : (runs.get(view.baseline) ?? undefined);
  const noise = useNoise({ baseline: view.baseline, groups: listed.groupList, shelf: groups, columns: ids });
  const selection = useSelection(state.selected, (selected) => change({ selected }));
  const edits = useTableEdits(runs);
  const problem = 'problem' in read ? read.problem : null;
  const fetched = { rows, known, runs, groups, baseline, noise };
  const names = known.value === undefined ? 0 : known.value.items.length - 1 + known.value.left;
  return { ...listed, ...fetched, problem, columns, hidden, names, isNarrow, selection, edits };
}
export type TableModel = ReturnType<typeof useTableModel>;

/** As many as the page has room for, with those that the grid draws beyond its edges. */
function rowsInSight(columns: string[], scroll: number, shelf: ReturnType<typeof useRunShelf>): RowsInSight | null {
  if (columns.length === 0) return null;
  const from = Math.max(0, Math.floor(scroll / rowHeight) - overscan.rows);
  const count = Math.min(mostInSight, Math.ceil(window.innerHeight / rowHeight) + 2 * overscan.rows);
  return { from, count, columns, learn: (own, rows, asked) => shelf.learn(runCells(own, rows), asked) };
}

/** What the answered rows are in the table, with the groups that are open. */
function useListed(rows: ListedRuns, { expanded, view }: TableState['state']) {
  const { baseline } = view;
  return useMemo(() => {
    const lines = linesOf(rows, new Set(expanded), baseline);
    return { lines, groupList: rows.groups ?? noGroups, runNames: rows.names, found: foundOf(rows) };
  }, [rows, expanded, baseline]);
}

function useColumnsShown(view: TableView, known: TableColumns | undefined, isNarrow: boolean) {
  const hasBaseline = view.baseline !== null;
  const isGrouped = view.groupBy.length > 0;
  return useMemo(() => {
    const shown = shownColumns(view, known, { hasBaseline, isGrouped });
    return isNarrow ? { ...shown, columns: narrowed(shown.columns, view.sort[0]?.column) } : shown;
  }, [view, known, hasBaseline, isGrouped, isNarrow]);
}

function foundOf(rows: ListedRuns): { runs: number; all: number; groups: number | null } {
  const runs = rows.groups?.reduce((sum, { runIds }) => sum + runIds.length, 0) ?? rows.runIds.length;
  return { runs, all: Math.max(rows.all, runs), groups: rows.groups?.length ?? null };
}

function narrowed(columns: readonly ShownColumn[], sorted: string | undefined): ShownColumn[] {
  const metrics = columns.filter(({ column, id }) => column.of === 'metric' || id === sorted);
  const kept = metrics.length === 0 ? columns : metrics;
  const first = kept.filter(({ id }) => id === sorted);
  let left = 0;
  return [...first, ...kept.filter(({ id }) => id !== sorted)].map((column) => {
    const placed = { ...column, isPinned: false, left };
    left += column.width;
    return placed;
  });
}
