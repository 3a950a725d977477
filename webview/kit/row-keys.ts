// Keys in a list or table that Tab reaches once: arrows move, Home and End go to the ends, typing finds.
import { type KeyboardEvent, useRef } from 'react';

/** What moves the chosen row. */
export interface RowKeys {
  /** Where the keys are heard: the list or the table. */
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

const pageStep = 10;

/**
 * `names` are the rows in their order, `chosen` the place of the one that Tab reaches. `choose` is told the new place, and
 * the element with `data-row` of that place gets the focus.
 */
export function useRowKeys(names: readonly string[], chosen: number, choose: (place: number) => void): RowKeys {
  const typed = useRef({ text: '', time: 0 });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const place =
      movedTo(event.key, { at: chosen, count: names.length, page: pageStep }) ??
      found(event.key, names, chosen, typed.current);
    if (place === undefined) return;
    event.preventDefault();
    choose(place);
    event.currentTarget.querySelector<HTMLElement>(`[data-row="${place}"]`)?.focus();
  };
  return { onKeyDown };
}

/** Where arrows, Page keys, Home and End lead from row `at` of `count`; undefined for other keys, and where there are no rows. */
export function movedTo(
  key: string,
  { at, count, page }: { at: number; count: number; page: number },
): number | undefined {
  const last = count - 1;
  const places: Record<string, number> = {
    ArrowDown: Math.min(last, at + 1),
    ArrowUp: Math.max(0, at - 1),
    PageDown: Math.min(last, at + page),
    PageUp: Math.max(0, at - page),
    Home: 0,
    End: last,
  };
  return count === 0 ? undefined : places[key];
}

/** The next row that begins with what was typed within a second. */
function found(
  key: string,
  names: readonly string[],
  at: number,
  typed: { text: string; time: number },
): number | undefined {
  if (key.length !== 1 || key === ' ') return undefined;
  const now = Date.now();
  typed.text = (now - typed.time < 1000 ? typed.text : '') + key.toLowerCase();
  typed.time = now;
  const from = typed.text.length === 1 ? at + 1 : at;
  const order = names.map((_, step) => (from + step) % names.length);
  return order.find((place) => names[place]?.toLowerCase().startsWith(typed.text));
}
