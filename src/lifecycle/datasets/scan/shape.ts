// Columns and rows of a table.
import type { TableShape } from '../../../protocol/datasets/table-shape';
import { kindOfType } from './column-kind';
import type { OpenTables } from './open-tables';

/** What the view `data` is made of. */
export async function tableShape({ duck, notes }: OpenTables): Promise<TableShape> {
  const described = await duck.rows('DESCRIBE data');
  const counted = await duck.rows('SELECT count(*) AS n FROM data');
  return {
    columns: described.map(({ column_name, column_type }) => ({
      name: String(column_name),
      type: String(column_type),
      kind: kindOfType(String(column_type)),
    })),
    rows: Number(counted[0]?.n ?? 0),
    notes,
  };
}
