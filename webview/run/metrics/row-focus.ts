// Where the focus is in a table of metrics, and where the keys take it.
import type { Virtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import { movedTo } from '../../kit/row-keys';
import { useSteady } from '../../kit/steady';
import { useFocusWhenDrawn } from '../drawn-focus';
import type { TableRow } from './table-rows';

/** Rows that are in sight at once; a Page key goes so far. */
export const rowsShown = 14;

type List = RefObject<HTMLTableSectionElement | null>;

interface RowActs {
  rows: readonly TableRow[];
  onToggle: (key: string) => void;
  onFold: (group: string) => void;
}

/** Which row has the one stop for Tab, and what keys and clicks on a row do. */
export function useRowFocus(
  list: List,
  virtual: Virtualizer<HTMLTableSectionElement, HTMLTableRowElement>,
  { rows, onToggle, onFold }: RowActs,
) {
  const [current, setCurrent] = useState(0);
  const focusOn = useFocusWhenDrawn(list);
  const onKeyDown = useSteady((event: KeyboardEvent<HTMLElement>): void => {
    const target = movedTo(event.key, { at: current, count: rows.length, page: rowsShown });
    if (target === undefined) {
      besideOf(event)?.focus();
      return;
    }
    event.preventDefault();
    setCurrent(target);
    focusOn(target);
    virtual.scrollToIndex(target);
  });
  const onToggleRow = useSteady((index: number): void => {
    const row = rows[index];
    setCurrent(index);
    if (row?.kind === 'metric') onToggle(row.key);
    else if (row !== undefined) onFold(row.name);
  });
  // A click may give the focus to what stands beside a name.
  const onFocus = (event: FocusEvent): void => setCurrent(indexOf(event.target) ?? current);
  return { current: Math.min(current, rows.length - 1), onKeyDown, onFocus, onToggleRow };
}

/** What Right and Left lead to within a row: the direction of its metric, and back to its name. */
function besideOf({ key, currentTarget }: KeyboardEvent<HTMLElement>): HTMLElement | null | undefined {
  const selector = key === 'ArrowRight' ? '.direction' : key === 'ArrowLeft' ? '[data-index]' : undefined;
  return selector === undefined ? undefined : currentTarget.closest('tr')?.querySelector<HTMLElement>(selector);
}

function indexOf(element: Element): number | undefined {
  const index = element.closest('tr')?.querySelector<HTMLElement>('[data-index]')?.dataset.index;
  return index === undefined ? undefined : Number(index);
}
