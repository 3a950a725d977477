// What the bytes of a source are: their format, and what a file with them would be called.
import { basename } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { DatasetSource } from '../../../protocol/datasets/dataset';
import { formatOfName, type TableFormat } from '../../../protocol/datasets/table-source';

/** Throws SlipwayError `invalid` where an address does not tell. */
export function sourceFormat(source: DatasetSource, dataset: string): TableFormat {
  if ('command' in source) return source.format;
  if ('sqlite' in source) return 'csv';
  const format = formatOfName(new URL(source.url).pathname);
  if (format !== undefined) return format;
  const sentence = `The address of ${dataset} does not say what kind of table it is: it ends in no .csv, .json or .parquet.`;
  throw new SlipwayError('invalid', sentence);
}

/** A name that tells the format, packing included. */
export function sourceFileName(source: DatasetSource, dataset: string): string {
  if ('url' in source) return decodeURIComponent(basename(new URL(source.url).pathname)).replaceAll(/[\\/:\0]/g, '_');
  return `${dataset.replaceAll(/[\\/:]/g, '_')}.${'command' in source ? source.format : 'csv'}`;
}
