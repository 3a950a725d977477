// Columns and rows of a table.
import type { TableColumn, TableShape } from '../../../protocol/datasets/table-shape';
import { kindOfType } from './column-kind';
import type { OpenTables } from './open-tables';

/** What the view `from` is made of. */
export async function tableShape(tables: OpenTables, from = 'data'): Promise<TableShape> {
  const columns = await tableColumns(tables, from);
  const counted = await tables.duck.rows(`SELECT count(*) AS n FROM ${from}`);
  return { columns, rows: Number(counted[0]?.n ?? 0), notes: tables.notes };
}

/** The columns of the view `from`, as SQL names it, without a look at its rows. */
export async function tableColumns({ duck }: Pick<OpenTables, 'duck'>, from = 'data'): Promise<TableColumn[]> {
  const described = await duck.rows(`DESCRIBE ${from}`);
  return described.map(({ column_name, column_type }) => ({
    name: String(column_name),
    type: String(column_type),
    kind: kindOfType(String(column_type)),
  }));
}
