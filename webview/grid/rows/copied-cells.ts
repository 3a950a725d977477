// The chosen cells as text, whole even where they are shown cut.
import type { GridRow } from '../../../src/protocol/datasets/table/grid';
import type { TableColumn } from '../../../src/protocol/datasets/table-shape';
import type { Host } from '../../kit/host/host';
import { askGrid } from '../grid-source';
import { bounds, type CellRange, tabSeparated } from './cell-range';
import type { RowPages } from './row-pages';

const mostCells = 200_000;
const mostWhole = 200;
const cutLength = 2001;

/** Puts the cells on the clipboard; a sentence when that is not done. Rejects with HostError. */
export async function copyCells(
  host: Host,
  { pages, columns, range }: { pages: RowPages; columns: readonly TableColumn[]; range: CellRange },
): Promise<string | null> {
  const { rows, columns: between } = bounds(range);
  const cells = (rows[1] - rows[0] + 1) * (between[1] - between[0] + 1);
  if (cells > mostCells) return `${cells.toLocaleString('en-US')} cells are too many for the clipboard. Choose fewer.`;
  const found = await pages.range(rows[0], rows[1]);
  await host.command('text.copy', { text: tabSeparated(await whole(host, columns, found, between), between) });
  return null;
}

async function whole(
  host: Host,
  columns: readonly TableColumn[],
  rows: readonly GridRow[],
  [first, last]: [number, number],
): Promise<GridRow[]> {
  let left = mostWhole;
  const read = async (row: number, value: string | null, index: number): Promise<string | null> => {
    const isCut = value !== null && index >= first && index <= last && value.length >= cutLength && value.endsWith('…');
    if (!isCut || left === 0) return value;
    left -= 1;
    return askGrid(host, 'gridCell', { row, column: columns[index]?.name ?? '' });
  };
  const made: GridRow[] = [];
  for (const { row, cells } of rows) {
    const values: (string | null)[] = [];
    for (const [index, value] of cells.entries()) values.push(await read(row, value, index));
    made.push({ row, cells: values });
  }
  return made;
}
