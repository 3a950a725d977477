// The grid: the rows and columns in sight, under heads that stay.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TableView } from '../../../src/protocol/runs/run-table';
import { useSteady } from '../../kit/steady';
import type { ShownColumn } from '../columns/shown-column';
import { type Line, runOf, runsOf } from '../data/lines';
import type { Shelf } from '../data/shelf';
import type { GroupCells, RunCells } from '../data/table-data';
import type { Selection } from '../selection';
import { type Editing, useRowLook } from './grid-context';
import { type GridFocus, useGridFocus } from './grid-focus';
import { useKeys } from './grid-keys';
import { type GridPlaces, headHeight, rowHeight, useGridPlaces } from './grid-place';
import { usePointing } from './grid-pointing';
import { BaselineRow, RowsInSight } from './grid-rows';
import { type ColumnActs, Heads } from './heads';
import { currentCellId } from './run-row';

/** What a person does in the grid beyond moving and selecting. */
export interface GridActs extends ColumnActs {
  onOpen: (runId: string) => void;
  onCompare: () => void;
  onFold: (key: string) => void;
  onEdited: (editing: Editing, text: string) => void;
  onNote: (runId: string) => void;
  onCopy: (runIds: readonly string[]) => void;
  onStar: (runIds: readonly string[]) => void;
  onDelete: (runIds: readonly string[]) => void;
  onUndo: (isBack: boolean) => void;
}

export interface GridProps {
  label: string;
  lines: readonly Line[];
  columns: readonly ShownColumn[];
  runs: Shelf<RunCells>;
  /** Of every run that is listed. */
  runNames: ReadonlyMap<string, string>;
  groups: Shelf<GroupCells>;
  view: TableView;
  nameWidth: number;
  isNarrow: boolean;
  baseline: RunCells | undefined;
  noise: ReadonlyMap<string, number>;
  metricWords: string;
  selection: Selection;
  scroll: number;
  onScroll: (scroll: number) => void;
  /** A run whose name is to be edited because a menu asked for it; null for none. */
  renamed: { runId: string } | null;
  acts: GridActs;
}

/** A table that keeps the keyboard is a grid (ARIA Authoring Practices): its rows and cells follow from the elements. */
function gridPattern(hasRows: boolean, isGrouped: boolean) {
  const keyboard = { tabIndex: 0, 'aria-activedescendant': hasRows ? currentCellId : undefined };
  return { role: isGrouped ? 'treegrid' : 'grid', 'aria-multiselectable': true, ...keyboard } as const;
}

/** One stop for Tab; arrows, Page keys, Home and End move, Space selects, Shift extends, Enter opens, F2 edits. */
export function Grid(props: GridProps) {
  const { box, heads, places, focus, look, editing, rowActs, pointing, onKeyDown } = useGrid(props);
  const { lines, columns, selection, baseline } = props;
  return (
    <table
      ref={box}
      className={props.isNarrow ? 'grid narrow' : 'grid'}
      {...gridPattern(lines.length > 0, look.isGrouped)}
      aria-label={props.label}
      aria-rowcount={lines.length + 2}
      aria-colcount={columns.length + 1}
      data-vscode-context={contextOf(focus, lines[focus.row], places)}
      onKeyDown={onKeyDown}
      onClick={pointing.onClick}
      onDoubleClick={pointing.onDoubleClick}
    >
      <thead className="heads" style={{ width: look.total, height: heads }}>
        <Heads
          look={look}
          places={places}
          metricWords={props.metricWords}
          selected={selectedOf(lines, selection)}
          current={focus.row === -1 ? focus.column : null}
          acts={props.acts}
        />
        {baseline !== undefined && <BaselineRow row={baseline} look={look} selection={selection} acts={rowActs} />}
      </thead>
      <RowsInSight {...props} places={places} focus={focus} look={look} editing={editing} rowActs={rowActs} />
    </table>
  );
}

function selectedOf(lines: readonly Line[], { marks }: Selection): 'none' | 'some' | 'all' {
  if (marks.size === 0) return 'none';
  return lines.every((line) => runsOf(line).every((runId) => marks.has(runId))) ? 'all' : 'some';
}

/** All that the grid is drawn from. */
function useGrid(props: GridProps) {
  const { columns, lines, nameWidth, baseline, acts, renamed } = props;
  const box = useRef<HTMLTableElement>(null);
  const heads = headHeight + (baseline === undefined ? 0 : rowHeight + 1);
  const places = useGridPlaces(box, { columns, nameWidth, count: lines.length, heads });
  const focus = useGridFocus(lines, places);
  const look = useRowLook(props, places);
  const [editing, setEditing] = useState<Editing | null>(null);
  useEffect(() => {
    if (renamed !== null) setEditing({ runId: renamed.runId, column: null });
  }, [renamed]);
  useKeptPlace(box, props);
  const onEdited = useSteady((edited: Editing, text: string | null): void => {
    setEditing(null);
    box.current?.focus({ preventScroll: true });
    if (text !== null) acts.onEdited(edited, text);
  });
  const rowActs = useMemo(() => ({ onEdited }), [onEdited]);
  const pointing = usePointing(props, focus);
  const onKeyDown = useKeys(props, { focus, places, setEditing, pointing, box });
  return { box, heads, places, focus, look, editing, rowActs, pointing, onKeyDown };
}

/** Goes back to where the table was, once it has rows; and keeps where it is. */
function useKeptPlace(box: React.RefObject<HTMLTableElement | null>, { lines, scroll, onScroll }: GridProps): void {
  const isRestored = useRef(false);
  const keep = useSteady(() => onScroll(Math.round(box.current?.scrollTop ?? 0)));
  useEffect(() => {
    if (isRestored.current || lines.length === 0 || box.current === null) return;
    isRestored.current = true;
    box.current.scrollTop = scroll;
  }, [box, lines, scroll]);
  useEffect(() => {
    const element = box.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScrolled = (): void => {
      clearTimeout(timer);
      timer = setTimeout(keep, 300);
    };
    element?.addEventListener('scroll', onScrolled, { passive: true });
    return () => {
      clearTimeout(timer);
      element?.removeEventListener('scroll', onScrolled);
    };
  }, [box, keep]);
}

/** What the editor's own menu is about when a key opens it. */
function contextOf({ row, column }: GridFocus, line: Line | undefined, { pinned, all }: GridPlaces): string {
  const common = { preventDefaultContextMenuItems: true };
  const runId = runOf(line);
  if (row === -1) {
    const columnId = [...pinned, ...all][column - 1]?.id;
    return JSON.stringify(columnId === undefined ? common : { webviewSection: 'column', columnId, ...common });
  }
  return JSON.stringify(runId === undefined ? common : { webviewSection: 'run', runId, ...common });
}
