// How wide columns are and where they lie.
import type { TableColumn } from '../../src/protocol/datasets/table-shape';
import type { PlacedColumn } from './heads/heads';

const usual: Readonly<Record<TableColumn['kind'], number>> = {
  integer: 112,
  number: 136,
  boolean: 128,
  text: 176,
  date: 112,
  timestamp: 176,
  time: 112,
  binary: 160,
  nested: 240,
};

/** Where each column begins; one place more than columns, the last is where the table ends. */
export function columnPlaces(columns: readonly TableColumn[], widths: Readonly<Record<string, number>>): number[] {
  const places = [0];
  for (const column of columns) places.push((places.at(-1) ?? 0) + (widths[column.name] ?? usual[column.kind]));
  return places;
}

/** The columns between two places of the page, `scrolled` from the left. */
export function columnsInSight(
  columns: readonly TableColumn[],
  places: readonly number[],
  { scrolled, width }: { scrolled: number; width: number },
): PlacedColumn[] {
  const found: PlacedColumn[] = [];
  for (let index = firstBehind(places, scrolled); index < columns.length; index += 1) {
    const [from, to] = [places[index] ?? 0, places[index + 1] ?? 0];
    if (from > scrolled + width) break;
    found.push({ column: columns[index] as TableColumn, index, left: from - scrolled, width: to - from });
  }
  return found;
}

/** The first column that ends behind a place: there may be thousands before it. */
function firstBehind(places: readonly number[], place: number): number {
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle + 1] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
