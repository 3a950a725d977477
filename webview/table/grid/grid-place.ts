// Which rows and columns are in sight, and how the grid is brought to others.
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { ShownColumn } from '../columns/shown-column';
import type { PlacedColumn } from './grid-context';

/** In CSS pixels. */
export const rowHeight = 24;
export const headHeight = 49;
/** Rows and columns beyond the edge that are drawn too, so that scrolling shows no gap. */
export const overscan = { rows: 14, columns: 2 };

/** What is drawn before the first layout. */
const initialRect = { width: 1000, height: 600 };

export type GridVirtualizer = Virtualizer<HTMLTableElement, HTMLTableRowElement>;

export interface GridPlaces {
  rows: GridVirtualizer;
  columns: GridVirtualizer;
  pinned: readonly PlacedColumn[];
  all: readonly PlacedColumn[];
  free: readonly PlacedColumn[];
  standing: number;
  total: number;
}

/** `standing` columns stay at the left, and `headRows` rows at the top, whatever is scrolled. */
export function useGridPlaces(
  box: RefObject<HTMLTableElement | null>,
  {
    columns,
    nameWidth,
    count,
    heads,
  }: { columns: readonly ShownColumn[]; nameWidth: number; count: number; heads: number },
): GridPlaces {
  const placed = useMemo(() => columns.map((column, place): PlacedColumn => ({ ...column, place })), [columns]);
  const pinned = useMemo(() => placed.filter(({ isPinned }) => isPinned), [placed]);
  const all = useMemo(() => placed.filter(({ isPinned }) => !isPinned), [placed]);
  const standing = nameWidth + pinned.reduce((sum, { width }) => sum + width, 0);
  const rows = useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: overscan.rows,
    scrollMargin: heads,
    scrollPaddingStart: heads,
    initialRect,
  });
  const across = useAcross(box, all, standing);
  const inSight = across.getVirtualItems();
  const [first, last] = [inSight[0]?.index ?? 0, inSight.at(-1)?.index ?? -1];
  const free = useMemo(() => all.slice(first, last + 1), [all, first, last]);
  const total = standing + all.reduce((sum, { width }) => sum + width, 0);
  return { rows, columns: across, pinned, all, free, standing, total };
}

/** The columns in sight, which are measured anew when others are shown. */
function useAcross(
  box: RefObject<HTMLTableElement | null>,
  all: readonly PlacedColumn[],
  standing: number,
): GridVirtualizer {
  const across = useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    horizontal: true,
    count: all.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => all[index]?.width ?? 0,
    overscan: overscan.columns,
    scrollMargin: standing,
    scrollPaddingStart: standing,
    initialRect,
  });
  const measured = useRef(all);
  useLayoutEffect(() => {
    if (measured.current !== all) across.measure();
    measured.current = all;
  }, [across, all]);
  return across;
}
