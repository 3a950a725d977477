// The rows of a table as a Parquet file: numbers as numbers, NaN and infinities as themselves, missing values as null.
import { fromWire, type WireNumber } from '../../protocol/number';
import { type TableCell, type TableRow, tableColumnOf } from '../../protocol/runs/run-table';

type ParquetColumn = { name: string; type: 'STRING' | 'DOUBLE' | 'TIMESTAMP'; data: unknown[] };

/** The whole file, its columns by their names and in their order. The writer is loaded when it is first used. */
export async function parquetFile(
  columns: readonly { id: string; name: string }[],
  rows: AsyncIterable<TableRow>,
): Promise<Buffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const runIds: ParquetColumn = { name: 'run_id', type: 'STRING', data: [] };
  const columnData = columns.map(({ id, name }): ParquetColumn => ({ name, type: typeOf(id), data: [] }));
  for await (const { runId, cells } of rows) {
    runIds.data.push(runId);
    for (const [place, column] of columnData.entries()) column.data.push(plainValue(cells[place] ?? null, column.type));
  }
  return Buffer.from(parquetWriteBuffer({ columnData: [runIds, ...columnData] }));
}

function typeOf(id: string): ParquetColumn['type'] {
  const column = tableColumnOf(id);
  if (column?.of === 'metric') return 'DOUBLE';
  if (column?.of !== 'fact') return 'STRING';
  if (column.key === 'started') return 'TIMESTAMP';
  return column.key === 'duration' || column.key === 'size' ? 'DOUBLE' : 'STRING';
}

function plainValue(cell: TableCell, type: ParquetColumn['type']): unknown {
  if (cell === null) return null;
  if (type === 'DOUBLE') return fromWire(cell as WireNumber);
  return type === 'TIMESTAMP' ? new Date(Number(cell)) : String(cell);
}
