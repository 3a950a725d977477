// What of the table is in sight, and the way to what is not.
import { useEffect, useMemo } from 'react';
import type { TableColumn } from '../../src/protocol/datasets/table-shape';
import { columnPlaces, columnsInSight } from './column-layout';
import type { GridChoices } from './grid-choices';
import type { PlacedColumn } from './heads/heads';
import type { CellRange } from './rows/cell-range';
import { rowAt, rowHeight, scrollTo, spanHeight } from './rows/scroll-span';
import type { TableRows } from './rows/table-rows';
import { useViewport, type Viewport } from './viewport';

export const headHeight = 60;

/** What a view of a table is made of; `found` is a column to be brought into sight. */
export interface GridViewProps {
  name: string;
  columns: readonly TableColumn[];
  table: TableRows;
  choices: GridChoices;
  version: number;
  found: number | null;
  onCopy: (range: CellRange) => void;
}

/** In CSS pixels and rows from 0. `lefts` is where each column begins, `view` the height of the part with rows. */
export interface GridPlaces extends Viewport {
  first: number;
  count: number;
  page: number;
  gutter: number;
  view: number;
  width: number;
  lefts: readonly number[];
  placed: readonly PlacedColumn[];
  /** Scrolls until a row, a column or both are in sight. */
  bring(to: { row?: number; column?: number }): void;
}

/** Follows the page. */
export function useGridPlaces({ columns, table, choices }: GridViewProps): GridPlaces {
  const viewport = useViewport();
  const { ref, size, scrolled } = viewport;
  const { rows, pages } = table;
  const gutter = Math.max(48, rows.toLocaleString('en-US').length * 7 + 20);
  const view = Math.max(rowHeight, size.height - headHeight);
  const first = rowAt(scrolled.top, rows, view);
  const count = Math.max(0, Math.min(Math.ceil(view / rowHeight), rows - first));
  const page = Math.floor(view / rowHeight);
  const lefts = useMemo(() => columnPlaces(columns, choices.widths), [columns, choices.widths]);
  const room = Math.max(0, size.width - gutter);
  const placed = columnsInSight(columns, lefts, { scrolled: scrolled.left, width: room });
  useEffect(() => pages.want(first, first + count), [pages, first, count]);
  const bring: GridPlaces['bring'] = ({ row, column }) => {
    const element = ref.current;
    if (element === null) return;
    if (row !== undefined && row < first) element.scrollTop = scrollTo(row, rows, view);
    if (row !== undefined && row >= first + page) {
      // The last row is seen when the page is at its end, whatever is left of a row.
      element.scrollTop = row >= rows - 1 ? spanHeight(rows) : scrollTo(row - page + 1, rows, view);
    }
    if (column === undefined) return;
    const [from, to] = [lefts[column] ?? 0, lefts[column + 1] ?? 0];
    if (from < element.scrollLeft) element.scrollLeft = from;
    else if (to > element.scrollLeft + room) element.scrollLeft = Math.min(from, to - room);
  };
  return { ...viewport, first, count, page, gutter, view, width: lefts.at(-1) ?? 0, lefts, placed, bring };
}
