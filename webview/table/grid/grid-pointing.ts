// What clicks do in the grid. Its rows have no handlers of their own: they come and go as it is scrolled.
import { type MouseEvent, useRef } from 'react';
import { useSteady } from '../../kit/steady';
import { type Line, runOf, runsOf } from '../data/lines';
import type { GridProps } from './grid';
import type { GridFocus } from './grid-focus';

export interface Pointing {
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onDoubleClick: (event: MouseEvent<HTMLElement>) => void;
  /** Selects from the row that was selected last to this one. */
  extendTo: (row: number) => void;
  /** Selects a row, or takes it out, and remembers it for the next extension. */
  toggle: (row: number) => void;
}

/** A click goes to a cell; on a box, or with Ctrl, it selects, with Shift up to there; twice it opens. */
export function usePointing({ lines, selection, acts }: GridProps, focus: GridFocus): Pointing {
  const anchor = useRef(0);
  const clicked = useRef<number | undefined>(undefined);
  const extendTo = useSteady((row: number): void => {
    const [from, to] = [Math.min(anchor.current, row), Math.max(anchor.current, row)];
    selection.set(lines.slice(from, to + 1).flatMap(runsOf));
  });
  const toggle = useSteady((row: number): void => {
    anchor.current = row;
    selection.toggle(runsOf(lines[row]));
  });
  /** With Ctrl the row that was clicked before is selected, too, as in every list of the editor. */
  const join = (row: number): void => {
    const isFirst = selection.marks.size === 0 && clicked.current !== undefined && clicked.current !== row;
    if (isFirst) selection.set([clicked.current, row].flatMap((each) => runsOf(lines[each ?? row])));
    else toggle(row);
    anchor.current = row;
  };
  const onClick = useSteady((event: MouseEvent<HTMLElement>): void => {
    const { row, column, act } = whereIs(event.target as Element);
    if (act === 'select-all') selection.set(selection.marks.size > 0 ? [] : lines.flatMap(runsOf));
    if (row === undefined) return;
    focus.go({ row, column });
    if (act === 'fold') fold(lines[row], acts.onFold);
    else if (event.shiftKey) extendTo(row);
    else if (act === 'select') toggle(row);
    else if (event.ctrlKey || event.metaKey) join(row);
    else anchor.current = row;
    clicked.current = row;
  });
  const onDoubleClick = useSteady((event: MouseEvent<HTMLElement>): void => {
    const { row, act } = whereIs(event.target as Element);
    if (row === undefined || act !== undefined) return;
    const runId = runOf(lines[row]);
    if (runId === undefined) fold(lines[row], acts.onFold);
    else acts.onOpen(runId);
  });
  return { onClick, onDoubleClick, extendTo, toggle };
}

function fold(line: Line | undefined, onFold: (key: string) => void): void {
  if (line?.kind === 'group') onFold(line.key);
}

/** The row, from 0, and the column of what was clicked; no row for the heads. */
function whereIs(element: Element): { row: number | undefined; column: number; act: string | undefined } {
  const index = Number(element.closest<HTMLElement>('[data-row]')?.dataset.row ?? Number.NaN);
  const column = Number(element.closest<HTMLElement>('[data-col]')?.dataset.col ?? 0);
  const act = element.closest<HTMLElement>('[data-act]')?.dataset.act;
  return { row: Number.isNaN(index) ? undefined : index, column, act };
}
