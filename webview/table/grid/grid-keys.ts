// What the keys do in the grid.
import type { KeyboardEvent, RefObject } from 'react';
import { useSteady } from '../../kit/steady';
import { runOf, runsOf } from '../data/lines';
import type { GridProps } from './grid';
import type { Editing } from './grid-context';
import { type GridFocus, placeAfter } from './grid-focus';
import type { GridPlaces } from './grid-place';
import type { Pointing } from './grid-pointing';

interface KeyParts {
  focus: GridFocus;
  places: GridPlaces;
  setEditing: (editing: Editing) => void;
  pointing: Pointing;
  box: RefObject<HTMLTableElement | null>;
}

const widthStep = 16;

/** What is done here is not done by VS Code, too, which hears every key of a page. */
export function useKeys(props: GridProps, parts: KeyParts): (event: KeyboardEvent<HTMLElement>) => void {
  return useSteady((event: KeyboardEvent<HTMLElement>): void => {
    const isDone =
      parts.focus.row === -1 && headKey(event, props, parts)
        ? true
        : foldKey(event, props, parts) || moveKey(event, props, parts) || actKey(event, props, parts);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** In the heads Enter sorts, Shift+Enter too, Alt with Left and Right moves the column, with Shift makes it wider. */
function headKey(event: KeyboardEvent, { acts }: GridProps, { focus, places }: KeyParts): boolean {
  const columns = [...places.pinned, ...places.all];
  const at = focus.column - 1;
  const column = columns[at];
  const id = column?.id ?? 'fact:name';
  if (event.key === 'Enter' || event.key === ' ') acts.onSort(id, event.shiftKey);
  else if (event.altKey && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
    const step = event.key === 'ArrowRight' ? 1 : -1;
    if (column === undefined) return true;
    if (event.shiftKey) acts.onResize(id, column.width + step * widthStep);
    else {
      acts.onMove(id, columns[step === 1 ? at + 2 : at - 1]?.id ?? null);
      focus.go({ row: -1, column: focus.column + step });
    }
  } else return false;
  return true;
}

/** Left closes a group and Right opens it, in the column of the names. */
function foldKey(event: KeyboardEvent, { lines, acts }: GridProps, { focus }: KeyParts): boolean {
  const line = lines[focus.row];
  if (line === undefined || focus.column !== 0 || event.shiftKey || event.ctrlKey || event.metaKey) return false;
  if (line.kind === 'group') {
    const wantsOpen = event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : undefined;
    const isFold = event.key === 'Enter' || (wantsOpen !== undefined && wantsOpen !== line.isOpen);
    if (isFold) acts.onFold(line.key);
    return isFold;
  }
  if (line.level === 1 || event.key !== 'ArrowLeft') return false;
  const above = lines.slice(0, focus.row).findLastIndex(({ kind }) => kind === 'group');
  focus.go({ row: above, column: 0 });
  return true;
}

function moveKey(event: KeyboardEvent, { lines }: GridProps, { focus, places, pointing, box }: KeyParts): boolean {
  if (event.altKey) return false;
  const columns = places.pinned.length + places.all.length;
  const height = (box.current?.clientHeight ?? 0) - places.rows.options.scrollMargin;
  const next = placeAfter(event, focus, { rows: lines.length, columns, height });
  if (next === undefined) return false;
  focus.go(next);
  const row = Math.max(0, Math.min(lines.length - 1, next.row));
  if (event.shiftKey && next.row !== focus.row) pointing.extendTo(row);
  return true;
}

function actKey(event: KeyboardEvent, props: GridProps, parts: KeyParts): boolean {
  const { lines, selection, acts } = props;
  const line = lines[parts.focus.row];
  const isCommand = event.ctrlKey || event.metaKey;
  const chosen = selection.marks.size > 0 ? [...selection.marks.keys()] : runsOf(line);
  const key = isCommand ? `Ctrl+${event.key.toLowerCase()}` : event.key;
  const done: Record<string, () => void> = {
    ' ': () => (event.shiftKey ? parts.pointing.extendTo(parts.focus.row) : parts.pointing.toggle(parts.focus.row)),
    Enter: () => (canCompare(props) ? acts.onCompare() : open(props, runOf(line))),
    Escape: () => selection.clear(),
    F2: () => edit(props, parts),
    '*': () => acts.onStar(chosen),
    Delete: () => acts.onDelete(chosen),
    'Ctrl+a': () => selection.set(lines.flatMap(runsOf)),
    'Ctrl+c': () => acts.onCopy(chosen),
    'Ctrl+z': () => acts.onUndo(!event.shiftKey),
    'Ctrl+y': () => acts.onUndo(false),
  };
  const act = Object.hasOwn(done, key) ? done[key] : undefined;
  act?.();
  return act !== undefined;
}

/** Something is selected, and with the baseline it is two runs or more. */
function canCompare({ selection: { marks }, view: { baseline } }: GridProps): boolean {
  return marks.size > 1 || (marks.size === 1 && baseline !== null && !marks.has(baseline));
}

function open({ acts }: GridProps, runId: string | undefined): void {
  if (runId !== undefined) acts.onOpen(runId);
}

/** The name, a tag or the note, whichever the focus is on; else the name. */
function edit({ lines, acts }: GridProps, { focus, places, setEditing }: KeyParts): void {
  const runId = runOf(lines[focus.row]);
  if (runId === undefined) return;
  const column = [...places.pinned, ...places.all][focus.column - 1];
  if (column?.id === 'fact:note') acts.onNote(runId);
  else setEditing({ runId, column: column?.column.of === 'tag' ? column.id : null });
}
