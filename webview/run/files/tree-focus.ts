// Which row of the tree has the focus, and where the keys take it.
import { type FocusEvent, type RefObject, type SyntheticEvent, useRef, useState } from 'react';
import type { FileRow } from './file-rows';

export interface TreeFocus {
  /** To put on the tree's element, whose rows carry `data-index`. */
  list: RefObject<HTMLDivElement | null>;
  /** The id of the one row that Tab reaches. */
  stop: string | undefined;
  focus: (row: FileRow | undefined) => void;
  /** The row an event came from. */
  rowAt: (event: SyntheticEvent) => FileRow | undefined;
  onFocus: (event: FocusEvent) => void;
}

/** A roving focus over the rows in sight. */
export function useTreeFocus(rows: readonly FileRow[]): TreeFocus {
  const [current, setCurrent] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const rowAt = ({ target }: SyntheticEvent): FileRow | undefined => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    return rows[Number(element?.dataset.index ?? Number.NaN)];
  };
  const focus = (row: FileRow | undefined): void => {
    if (row === undefined) return;
    setCurrent(row.id);
    list.current?.querySelector<HTMLElement>(`[data-index="${rows.indexOf(row)}"]`)?.focus();
  };
  const stop = rows.some(({ id }) => id === current) ? current : rows[0]?.id;
  return { list, stop, focus, rowAt, onFocus: (event) => setCurrent(rowAt(event)?.id ?? '') };
}

/** Where a key leads from the row at `at`; undefined when it leads nowhere. */
export function rowAfter(rows: readonly FileRow[], at: number, key: string): FileRow | undefined {
  const level = rows[at]?.level ?? 0;
  const next = rows[at + 1];
  const targets: Record<string, FileRow | undefined> = {
    ArrowDown: next,
    ArrowUp: rows[at - 1],
    Home: rows[0],
    End: rows.at(-1),
    ArrowRight: next !== undefined && next.level > level ? next : undefined,
    ArrowLeft: rows.slice(0, at).findLast((row) => row.level < level),
  };
  return targets[key];
}
