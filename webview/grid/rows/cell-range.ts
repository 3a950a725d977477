// The cell that has the focus and the cells that are chosen with it, by their places.
import type { GridRow } from '../../../src/protocol/datasets/table/grid';

/** `row` and `column` from 0; `fromRow`, `fromColumn` are where choosing began. */
export interface CellRange {
  row: number;
  column: number;
  fromRow: number;
  fromColumn: number;
}

/** How much of a table there is, and how much of it is seen at once. */
export interface TableExtent {
  rows: number;
  columns: number;
  page: number;
}

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

/** Where a key leads; undefined for a key that leads nowhere. */
export function moved(range: CellRange, event: Key, extent: TableExtent): CellRange | undefined {
  const far = event.ctrlKey || event.metaKey;
  const [lastRow, lastColumn] = [Math.max(0, extent.rows - 1), Math.max(0, extent.columns - 1)];
  const { row, column } = range;
  const places: Record<string, [row: number, column: number]> = {
    ArrowUp: [far ? 0 : row - 1, column],
    ArrowDown: [far ? lastRow : row + 1, column],
    ArrowLeft: [row, far ? 0 : column - 1],
    ArrowRight: [row, far ? lastColumn : column + 1],
    PageUp: [row - extent.page, column],
    PageDown: [row + extent.page, column],
    Home: [far ? 0 : row, 0],
    End: [far ? lastRow : row, lastColumn],
  };
  const place = places[event.key];
  if (place === undefined) return undefined;
  const to = { row: within(place[0], lastRow), column: within(place[1], lastColumn) };
  return event.shiftKey ? { ...range, ...to } : { ...to, fromRow: to.row, fromColumn: to.column };
}

/** First and last row and column of what is chosen. */
export function bounds({ row, column, fromRow, fromColumn }: CellRange): {
  rows: [number, number];
  columns: [number, number];
} {
  return {
    rows: [Math.min(row, fromRow), Math.max(row, fromRow)],
    columns: [Math.min(column, fromColumn), Math.max(column, fromColumn)],
  };
}

/** Cells as a spreadsheet takes them: tabs between cells, nothing for a missing value. */
export function tabSeparated(rows: readonly GridRow[], [first, last]: [number, number]): string {
  const cell = (value: string | null): string =>
    value === null ? '' : /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows
    .map(({ cells }) =>
      cells
        .slice(first, last + 1)
        .map(cell)
        .join('\t'),
    )
    .join('\n');
}

function within(place: number, last: number): number {
  return Math.min(last, Math.max(0, place));
}
