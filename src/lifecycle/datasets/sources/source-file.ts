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

/** In UTF-16 units, so that a disk takes it in any script. */
const longestName = 60;

/** A name that tells the format, packing included. */
export function sourceFileName(source: DatasetSource, dataset: string): string {
  const name = 'url' in source ? basename(new URL(source.url).pathname) : `${dataset}.${sourceFormat(source, dataset)}`;
  return name.replaceAll(/[\\/:%\0]/g, '_').slice(-longestName);
}
