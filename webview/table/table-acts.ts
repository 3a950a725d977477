// What a person does in the table, and what follows.
import { useMemo } from 'react';
import { mostChanges } from '../../src/protocol/runs/run-change';
import { type TableView, tableColumnOf } from '../../src/protocol/runs/run-table';
import { countText } from '../../src/protocol/wording';
import type { Host } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { useSteady } from '../kit/steady';
import type { GridActs } from './grid/grid';
import type { Editing } from './grid/grid-context';
import type { TableModel } from './table-model';
import type { TableState } from './table-state';

const narrowest = 48;

/** The acts of the grid; the same object as long as the table is there, so that no row is drawn for it. */
export function useGridActs(model: TableModel, { state, change, changeView }: TableState): GridActs {
  const host = useHost();
  const acts: GridActs = {
    onOpen: (runId) => void host.command('table.open', { runId }),
    onCompare: () => compare(host, model, [...model.selection.marks.keys()]),
    onFold: (key) => {
      const isOpen = state.expanded.includes(key);
      change({ expanded: isOpen ? state.expanded.filter((each) => each !== key) : [...state.expanded, key] });
    },
    onEdited: (editing, text) => edited(model, editing, text),
    onNote: (runId) => void host.command('table.note', { runId }),
    onCopy: (runIds) => copy(host, model, runIds),
    onStar: (runIds) => star(model, runIds),
    onDelete: (runIds) => remove(host, model, runIds),
    onUndo: (isBack) => model.edits.undo(isBack),
    onSort: (id, add) => changeView({ sort: nextSort(state.view, id, { add, model }) }),
    onMove: (id, before) => changeView({ columns: moved(model, id, before) }),
    onResize: (id, width) =>
      changeView({ widths: { ...state.view.widths, [id]: Math.max(narrowest, Math.min(2000, Math.round(width))) } }),
  };
  return useSteadyActs(acts);
}

/** Each act does what the latest one does. */
function useSteadyActs(acts: GridActs): GridActs {
  const act = useSteady((name: keyof GridActs, given: unknown[]) =>
    (acts[name] as (...values: unknown[]) => void)(...given),
  );
  return useMemo(() => {
    const names: (keyof GridActs)[] = [
      ...(['onOpen', 'onCompare', 'onFold', 'onEdited', 'onNote', 'onCopy', 'onStar'] as const),
      ...(['onDelete', 'onUndo', 'onSort', 'onMove', 'onResize'] as const),
    ];
    const steady = names.map((name) => [name, (...given: unknown[]) => act(name, given)]);
    return Object.fromEntries(steady) as unknown as GridActs;
  }, [act]);
}

/** Compares runs, the baseline first. */
export function compare(host: Host, { baseline, edits }: TableModel, runIds: readonly string[]): void {
  const first = baseline === undefined ? [] : [baseline.runId];
  host
    .command('table.compare', { runIds: [...new Set([...first, ...runIds])] })
    .catch((error: Error) => edits.tell({ words: error.message, canUndo: false }));
}

/** Puts rows on the clipboard as they are laid out. */
export function copy(host: Host, { columns, edits }: TableModel, runIds: readonly string[]): void {
  const asked = { runIds: [...runIds], columns: ['fact:name', ...columns.map(({ id }) => id)] };
  host.command('table.copy', asked).then(
    (rows) => edits.tell({ words: copiedText(rows, runIds.length), canUndo: false }),
    (error: Error) => edits.tell({ words: error.message, canUndo: false }),
  );
}

function copiedText(rows: number, asked: number): string {
  if (rows === asked) return `Copied ${countText(rows, 'row')}.`;
  const all = asked.toLocaleString('en-US');
  return `Copied the first ${rows.toLocaleString('en-US')} of ${all} rows. Export saves all of them as a file.`;
}

/** Stars runs, or takes the stars when all have one. */
export function star(model: TableModel, runIds: readonly string[]): void {
  const areStarred = runIds.every((runId) => model.runs.get(runId)?.starred === true);
  const changes = runIds.map((runId) => ({ runId, starred: !areStarred }));
  model.edits.make(changes, null);
}

/** Moves runs to the trash, unless the user turns away from what that does to one that runs. */
export function remove(host: Host, model: TableModel, runIds: readonly string[]): void {
  // Of a row that was not in sight yet nothing is known here.
  const isHarmless = runIds.every((runId) => !['running', undefined].includes(model.runs.get(runId)?.state));
  // More than can be moved at once are refused in any case.
  const isAsked = !isHarmless && runIds.length <= mostChanges;
  const may = isAsked ? host.command('table.mayDelete', { runIds: [...runIds] }) : Promise.resolve(true);
  may.then(
    (isAllowed) => {
      if (isAllowed) mark(model, runIds, { change: { deleted: true }, says: 'Moved to the trash:' });
    },
    (error: Error) => model.edits.tell({ words: error.message, canUndo: false }),
  );
}

/** Archives runs, or moves them to the trash: then they are no longer listed. */
export function mark(
  model: TableModel,
  runIds: readonly string[],
  { change, says }: { change: { archived?: boolean; deleted?: boolean }; says: string },
): void {
  const [only] = runIds;
  const one = runIds.length === 1 && only !== undefined ? model.runs.get(only)?.name : undefined;
  const words = `${says} ${one ?? countText(runIds.length, 'run')}.`;
  model.edits.make(
    runIds.map((runId) => ({ runId, ...change })),
    words,
  );
  const gone = new Set(runIds);
  model.selection.set([...model.selection.marks.keys()].filter((runId) => !gone.has(runId)));
}

function edited({ edits, runs }: TableModel, { runId, column }: Editing, text: string): void {
  const row = runs.get(runId);
  if (column === null) {
    if (text.trim() !== '' && text.trim() !== row?.name) edits.make([{ runId, name: text }], null);
    return;
  }
  const parsed = tableColumnOf(column);
  if (parsed?.of !== 'tag' || text === (row?.cells.get(column) ?? '')) return;
  edits.make([{ runId, tags: { [parsed.key]: text === '' ? null : text } }], null);
}

/** The first click puts the best on top, the next one the worst, the third takes the order off. */
function nextSort(
  { sort }: TableView,
  id: string,
  { add, model }: { add: boolean; model: TableModel },
): TableView['sort'] {
  const column = model.columns.find((each) => each.id === id);
  const startsDown = column?.column.of === 'metric' ? column.direction !== 'down' : column?.isNumber === true;
  const now = sort.find((each) => each.column === id);
  const next = now === undefined ? startsDown : now.descending === startsDown ? !startsDown : undefined;
  const others = add ? sort.filter((each) => each.column !== id) : [];
  if (next === undefined) return others;
  const place = sort.findIndex((each) => each.column === id);
  const own = { column: id, descending: next };
  if (!add || place === -1) return [...others, own];
  return sort.map((each, at) => (at === place ? own : each));
}

/** The columns that are shown, with one before another, or at the end. */
function moved({ columns }: TableModel, id: string, before: string | null): string[] {
  const ids = columns.map((column) => column.id).filter((each) => each !== id);
  const at = before === null ? -1 : ids.indexOf(before);
  return at === -1 ? [...ids, id] : [...ids.slice(0, at), id, ...ids.slice(at)];
}
