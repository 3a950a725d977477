// Which columns of the rows are drawn: those of the key first, then all or those that changed somewhere.
import type { TableColumn } from '../../../src/protocol/datasets/table-shape';

/** `at` is the place of each in the cells of a row; `left` how many are not drawn. */
export interface ShownColumns {
  columns: { column: TableColumn; at: number }[];
  left: number;
}

const mostDrawn = 200;

/** `narrow` null: all of them. */
export function shownColumns(
  columns: readonly TableColumn[],
  key: readonly string[],
  narrow: readonly string[] | null,
): ShownColumns {
  const wanted = narrow === null ? null : new Set([...key, ...narrow]);
  const all = columns.map((column, at) => ({ column, at }));
  const chosen = wanted === null ? all : all.filter(({ column }) => wanted.has(column.name));
  return { columns: chosen.slice(0, mostDrawn), left: Math.max(0, chosen.length - mostDrawn) };
}
