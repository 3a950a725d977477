// The column that numbers the rows of a table.
import type { TableColumn } from '../../../protocol/datasets/table-shape';

/** A name that none of the columns has. */
export function rowNumberName(columns: readonly TableColumn[]): string {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  let name = 'slipway_row';
  while (taken.has(name)) name += '_';
  return name;
}
