// The cell that has the focus, and the keys that move it.
import { type Dispatch, type KeyboardEvent, type SetStateAction, useEffect, useState } from 'react';
import { useSteady } from '../kit/steady';
import type { GridPlaces, GridViewProps } from './grid-places';
import { type CellRange, moved } from './rows/cell-range';

const start: CellRange = { row: 0, column: 0, fromRow: 0, fromColumn: 0 };

/** Arrows, Page keys, Home and End move, Shift extends, Control goes to an end and with C copies. */
export function useGridKeys(
  { columns, table, found, onCopy }: GridViewProps,
  places: GridPlaces,
): {
  range: CellRange;
  setRange: Dispatch<SetStateAction<CellRange>>;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const [range, setRange] = useState(start);
  const bring = useSteady(places.bring);
  useEffect(() => {
    if (found === null) return;
    bring({ column: found });
    setRange((at) => ({ ...at, column: found, fromRow: at.row, fromColumn: found }));
  }, [found, bring]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onCopy(range);
      return;
    }
    const extent = { rows: table.rows, columns: columns.length, page: Math.max(1, places.page - 1) };
    const to = moved(range, event, extent);
    if (to === undefined) return;
    event.preventDefault();
    setRange(to);
    bring(to);
  };
  return { range, setRange, onKeyDown };
}
