// What the table asks the engine: the cells of the rows in sight, and the columns there are.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { RunFilter } from '../../../src/protocol/runs/run-filter';
import type { TableColumns, TableGroup, TableRow, TableSummary } from '../../../src/protocol/runs/run-table';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import type { LastAnswer } from '../../kit/host/live';
import { Refresher } from '../../kit/host/refresher';
import { Shelf } from './shelf';

/** Milliseconds between two looks at the columns, and at the cells, while runs change. */
const rest = { columns: 30_000, cells: 400 };
const allAfter = 2500;
/** The rows of another filter are wanted before its columns. */
const columnsAfter = 300;
/** Groups may hold thousands of runs: few at once, so that the rows between them are not waited for. */
const fewGroups = 3;
/** So many cells are kept in the page. */
const mostCells = 400_000;

/** One run's cells by the id of their column. */
export interface RunCells extends Omit<TableRow, 'cells'> {
  cells: ReadonlyMap<string, TableRow['cells'][number]>;
}

/** A group's cells by the id of their column. */
export interface GroupCells extends Omit<TableSummary, 'cells'> {
  cells: ReadonlyMap<string, TableSummary['cells'][number]>;
}

/** The columns for a filter's runs: first those of the newest runs, which are there at once, then of all. */
export function useTableColumns(filter: RunFilter): LastAnswer<TableColumns> {
  const host = useHost();
  const [live, setLive] = useState<LastAnswer<TableColumns>>({ value: undefined, time: 0, error: undefined });
  const key = JSON.stringify(filter);
  const isFirst = useRef(true);
  useEffect(() => {
    const asked = JSON.parse(key) as RunFilter;
    setLive((old) => ({ ...old, value: old.value && { ...old.value, looked: 0 } }));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresher = new Refresher(async (signal) => {
      const look = async (of: 'some' | 'all'): Promise<void> => {
        const value = await host.query('table.columns', { filter: asked, of }, signal);
        if (!signal.aborted)
          setLive((old) => ({ value: settled(old.value, value), time: Date.now(), error: undefined }));
      };
      const failed = (error: unknown): void => {
        if (!signal.aborted) setLive((old) => ({ ...old, error: error as Error }));
      };
      await look('some').catch(failed);
      // All of them may take seconds, so they are looked at once the user pauses.
      clearTimeout(timer);
      timer = setTimeout(() => void look('all').catch(failed), allAfter);
    }, rest.columns);
    const unlisten = host.listen((event) => {
      if (event.type === 'changed' || (event.type === 'engine' && event.state === 'running')) refresher.ask();
    });
    const begin = setTimeout(() => refresher.ask(), isFirst.current ? 0 : columnsAfter);
    isFirst.current = false;
    return () => {
      unlisten();
      clearTimeout(begin);
      clearTimeout(timer);
      refresher.dispose();
    };
  }, [host, key]);
  return live;
}

/** The columns shown at first stay those of the first look: a table whose columns change by themselves cannot be read. */
function settled(before: TableColumns | undefined, next: TableColumns): TableColumns {
  const isFirst = before === undefined || before.looked === 0;
  return isFirst ? next : { ...next, usual: before.usual };
}

/** The shelf of runs' cells in these columns. */
export function useRunShelf(columns: readonly string[]): Shelf<RunCells> {
  return useShelf<RunCells>({ columns, byRun: true }, async (host, { keys, signal }) => {
    const rows = await host.query('table.cells', { runIds: keys, columns: [...columns] }, signal);
    return runCells(columns, rows);
  });
}

/** Rows as the shelf keeps them, by run. */
export function runCells(columns: readonly string[], rows: readonly TableRow[]): Map<string, RunCells> {
  return new Map(rows.map((row) => [row.runId, { ...row, cells: cellsOf(columns, row.cells) }]));
}

/** The shelf of groups' cells in these columns, by `groupKey`. */
export function useGroupShelf(columns: readonly string[], groups: readonly TableGroup[]): Shelf<GroupCells> {
  const byKey = useRef(new Map<string, TableGroup>());
  byKey.current = useMemo(() => new Map(groups.map((group) => [groupKey(group), group])), [groups]);
  const shelf = useShelf<GroupCells>({ columns, byRun: false }, async (host, { keys, signal }) => {
    const sets = keys.map((key) => byKey.current.get(key)?.runIds ?? []);
    const found = await host.query('table.summaries', { sets, columns: [...columns] }, signal);
    return new Map(found.map((each, at) => [keys[at] ?? '', groupCells(columns, each)]));
  });
  useEffect(() => {
    // Other runs may stand in a group of the same values.
    if (groups.length > 0) shelf.refresh(null);
  }, [groups, shelf]);
  return shelf;
}

/** A group as the shelf keeps it. */
export function groupCells(columns: readonly string[], summary: TableSummary): GroupCells {
  return { ...summary, cells: cellsOf(columns, summary.cells) };
}

/** What a group is known by: the values its runs share. */
export function groupKey({ values }: TableGroup): string {
  return JSON.stringify(values);
}

/** Draws the component again whenever a shelf has something new. */
export function useShelfVersion(shelf: Shelf<unknown>): number {
  const subscribe = useMemo(() => (listener: () => void) => shelf.subscribe(listener), [shelf]);
  return useSyncExternalStore(subscribe, () => shelf.version);
}

type Load<T> = (host: Host, asked: { keys: string[]; signal: AbortSignal }) => Promise<Map<string, T>>;

/** `byRun`: its keys are runs, so that of a change only these are fetched anew. */
function useShelf<T>({ columns, byRun }: { columns: readonly string[]; byRun: boolean }, load: Load<T>): Shelf<T> {
  const host = useHost();
  const latest = useRef(load);
  latest.current = load;
  const before = useRef<Shelf<T> | undefined>(undefined);
  const key = columns.join('\n');
  const shelf = useMemo(() => {
    const count = Math.max(1, key.split('\n').length);
    const options = {
      load: (keys: string[], signal: AbortSignal) => latest.current(host, { keys, signal }),
      batch: byRun ? (count > 60 ? 60 : 120) : fewGroups,
      most: Math.max(400, Math.floor(mostCells / count)),
    };
    return new Shelf<T>(options, before.current);
  }, [host, key, byRun]);
  before.current = shelf;
  useEffect(() => followChanges(host, shelf, byRun), [host, shelf, byRun]);
  return shelf;
}

/** A changed run is fetched anew, alone; changes that come together are fetched together. */
function followChanges(host: Host, shelf: Shelf<unknown>, byRun: boolean): () => void {
  let changed: Set<string> | null = new Set();
  const refresher = new Refresher(async () => {
    const keys = changed === null ? null : [...changed];
    changed = new Set();
    shelf.refresh(keys);
  }, rest.cells);
  const unlisten = host.listen((event) => {
    if (event.type === 'act' || event.type === 'chosen') return;
    if (event.type === 'engine' && event.state !== 'running') return;
    const named = byRun && event.type === 'changed' && event.runIds !== undefined && event.runIds.length > 0;
    if (!named) changed = null;
    else for (const runId of event.runIds ?? []) changed?.add(runId);
    refresher.ask();
  });
  return () => {
    unlisten();
    refresher.dispose();
    shelf.dispose();
  };
}

function cellsOf<T>(columns: readonly string[], cells: readonly T[]): Map<string, T> {
  const known = new Map<string, T>();
  for (const [place, id] of columns.entries()) {
    const cell = cells[place];
    if (cell !== undefined) known.set(id, cell);
  }
  return known;
}
