// What a table is made of: files of one format, or a query over such tables. Only the data process opens them.
import * as z from 'zod';

export const tableFormat = z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet', 'arrow']);
export type TableFormat = z.infer<typeof tableFormat>;

/** Files that together are one table, by absolute path, in the order of their rows. */
export const tableFiles = z.object({ files: z.array(z.string().min(1)).min(1), format: tableFormat });
export type TableFiles = z.infer<typeof tableFiles>;

/** One SELECT over tables by the names it knows them by. */
export const tableQuery = z.object({ query: z.string().min(1), tables: z.record(z.string(), tableFiles) });

export const tableSource = z.union([tableFiles, tableQuery]);
export type TableSource = z.infer<typeof tableSource>;

/** Whether the files themselves say what types their columns have; of texts that must be found out. */
export function isColumnar(source: TableSource): boolean {
  return !('query' in source) && (source.format === 'parquet' || source.format === 'arrow');
}

/** Whether its files are texts whose values are told apart by commas or tabs alone. */
export function isSeparated(source: TableSource): boolean {
  return !('query' in source) && (source.format === 'csv' || source.format === 'tsv');
}

const formats: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
};

/** The format that a file's name tells, packed (`.gz`, `.zst`) or not; undefined where it tells none. */
export function formatOfName(name: string): TableFormat | undefined {
  const match = /\.([a-z]+)(?:\.(?:gz|zst))?$/i.exec(name);
  return match === null ? undefined : formats[(match[1] as string).toLowerCase()];
}
