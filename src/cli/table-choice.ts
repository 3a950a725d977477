// A table as it is named on a command line: a file, or a pattern of files.
import { existsSync, globSync, lstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SlipwayError } from '../base/errors';
import { formatOfName, type TableSource } from '../protocol/datasets/table-source';

/** Whether a path is meant. A bare word may be a dataset, also where a folder or a file that is no table is called so. */
export function isPath(name: string): boolean {
  return (
    existsSync(name) && (/[\\/]/.test(name) || (formatOfName(name) !== undefined && !statSync(name).isDirectory()))
  );
}

/** Throws SlipwayError: `not-found` where nothing is there, `invalid` for a file that is no table. */
export function chooseTable(name: string): TableSource {
  const files = existsSync(name) ? [name] : /[*?[{]/.test(name) ? globSync(name).sort() : [];
  if (files.length > 0) return sourceOf(name, files);
  if (lstatSync(name, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new SlipwayError('not-found', `${name} is a link that leads nowhere, or round in a circle.`);
  }
  throw new SlipwayError('not-found', `There is no file ${name}.`);
}

function sourceOf(name: string, files: readonly string[]): TableSource {
  const formats = new Set(files.map(formatOfName));
  const [format] = formats;
  const folder = files.find((file) => statSync(file).isDirectory());
  if (folder !== undefined) {
    throw new SlipwayError(
      'invalid',
      `${folder} is a folder. Name its files by a pattern, such as '${folder}/*.parquet'.`,
    );
  }
  if (format === undefined || formats.size > 1) {
    throw new SlipwayError(
      'invalid',
      `${name} is no table that can be read. Its name must end in .csv, .tsv, .json, .jsonl, .parquet, .arrow or .feather.`,
    );
  }
  return { files: files.map((file) => resolve(file)), format };
}
