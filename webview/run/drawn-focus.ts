// The focus in a list of which only the rows in sight are drawn.
import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus to the row with that `data-index`. One that is moved to may not exist yet: it takes the focus as soon as it
 * is drawn, and then `focused` is told.
 */
export function useFocusWhenDrawn(
  list: RefObject<HTMLElement | null>,
  focused?: (row: HTMLElement) => void,
): (index: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (wanted.current === null || row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
    focused?.(row);
  });
  return (index) => {
    wanted.current = index;
  };
}
