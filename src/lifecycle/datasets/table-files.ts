// Which of a version's files are its table, and of what format they are.
import { basename } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { DatasetDefinition, DatasetFile } from '../../protocol/datasets/dataset';
import { formatOfName, type TableFiles, type TableFormat } from '../../protocol/datasets/table-source';
import { sourceFormat } from './sources/source-file';

/** A version's files, and what its dataset is. */
export interface NamedFiles {
  name: string;
  files: readonly DatasetFile[];
  definition: DatasetDefinition;
}

/** The table of these files, each at its place. Throws SlipwayError `invalid` for files of no known or of several formats. */
export function tableFilesOf(version: NamedFiles, placeOf: (file: DatasetFile) => string): TableFiles {
  const tables = version.files.filter(({ path }) => !isAside(path));
  const format = formatOf(version, tables);
  return { files: tables.map(placeOf), format };
}

/** Why files most of which are tables are together none; undefined where nobody would take them for one, as of images. */
export function mixedTables(version: NamedFiles): string | undefined {
  const tables = version.files.filter(({ path }) => !isAside(path));
  const known = tables.filter((file) => formatOfName(nameOf(file, version.definition)) !== undefined);
  if (known.length === 0 || known.length * 2 < tables.length) return undefined;
  try {
    formatOf(version, tables);
    return undefined;
  } catch (error) {
    return SlipwayError.is(error) ? error.message : undefined;
  }
}

/** Files that lie beside tables and hold none. */
function isAside(path: string): boolean {
  const name = basename(path);
  return /^[._]/.test(name) || /\.(md|txt|ya?ml|crc|lock|dvc)$/i.test(name) || /^(LICEN[CS]E|README)$/i.test(name);
}

function formatOf({ name, definition }: NamedFiles, files: readonly DatasetFile[]): TableFormat {
  if (definition.source !== undefined) return sourceFormat(definition.source, name);
  const names = files.map((file) => nameOf(file, definition));
  const formats = new Set(names.map(formatOfName));
  const [format] = formats;
  if (formats.size === 1 && format !== undefined) return format;
  const sentence = `${name} is not one table: ${whyNone(names, formats)}. CSV, TSV, JSON, JSON lines, Parquet and Arrow are read.`;
  throw new SlipwayError('invalid', sentence);
}

/** Of a dataset that is one file the listing says nothing. */
function nameOf({ path }: DatasetFile, definition: DatasetDefinition): string {
  return path === '' ? String([definition.path].flat()[0]) : path;
}

function whyNone(names: readonly string[], formats: ReadonlySet<TableFormat | undefined>): string {
  if (names.length === 0) return 'it has no files';
  const strange = names.find((each) => formatOfName(each) === undefined);
  if (strange !== undefined) return `${strange} is no kind of table that is read here`;
  return `its files are of several kinds (${[...formats].join(', ')})`;
}
