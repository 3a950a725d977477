// A table as it is named on a command line: a file, a pattern of files, or a version of a dataset.
import { existsSync } from 'node:fs';
import { SlipwayError } from '../base/errors';
import { asSlipwayError } from '../client/engine-client';
import { parseVersionReference } from '../protocol/datasets/dataset';
import type { DatasetTable } from '../protocol/datasets/dataset-api';
import type { TableSource } from '../protocol/datasets/table-source';
import type { CliContext, CommonOptions } from './context';
import { chooseTable, isPath } from './table-choice';

/** `dataset` is null for files, which need no workspace. */
export interface NamedTable {
  source: TableSource;
  dataset: DatasetTable | null;
}

/**
 * A table that is there wins over a dataset of the same name, and a dataset over a folder; `./NAME` is always a path. Throws SlipwayError `not-found` where neither is there, and as
 * `chooseTable` does.
 */
export async function namedTable(context: CliContext, options: CommonOptions, name: string): Promise<NamedTable> {
  const reference = isPath(name) ? undefined : parseVersionReference(name);
  if (reference === undefined || !mayBeDataset(name)) return { source: chooseTable(name), dataset: null };
  try {
    const client = await context.client(options);
    const dataset = await client.api.datasets.table.query(reference);
    return { source: dataset.source, dataset };
  } catch (error) {
    const known = asSlipwayError(error);
    const isNoName = SlipwayError.is(known, 'no-workspace') || SlipwayError.is(known, 'not-found');
    if (!isNoName || name.includes('@')) throw known;
    if (existsSync(name)) return { source: chooseTable(name), dataset: null };
    throw new SlipwayError('not-found', `There is no file ${name}, and no dataset of that name.`, { cause: error });
  }
}

/** What ends as a table does is a file that is not there, and a pattern matches nothing. */
function mayBeDataset(name: string): boolean {
  return (
    name.includes('@') ||
    !/[*?[{]|\.(csv|tsv|tab|jsonl?|ndjson|parquet|pq|arrows?|feather|ipc)(\.(gz|zst))?$/i.test(name)
  );
}
