// An open table as rows for a model are read from it.
import type { OpenTables } from '../../../lifecycle/datasets/scan/open-tables';
import type { ReadTable } from '../../../lifecycle/inference/scan/read-table';
import type { TableColumn } from '../../../protocol/datasets/table-shape';

/** Of the table `data`, whose columns are `columns`: a text file's values as they are written there. */
export async function readTable(
  { duck, asWritten, arrowKinds }: Pick<OpenTables, 'duck' | 'asWritten' | 'arrowKinds'>,
  columns: readonly TableColumn[],
): Promise<ReadTable> {
  const { view = 'data', written = new Map() } = (await asWritten('data', columns)) ?? {};
  return { duck, from: view, columns, written, kinds: await arrowKinds('data') };
}
