// A table of text files with every value as it is written there, beside what it was read as.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier, literal } from '../../../../platform/duckdb/duck-text';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { missing, type ReadableFiles, relationOf } from '../relation';
import type { CsvWays } from './csv-ways';
import type { PreparedFiles } from './prepared-files';

/** SQL over the view. */
export interface WrittenColumn {
  /** Whether it holds numbers of JSON, of which `text` has the value and not always the spelling. */
  isNumber: boolean;
  /** What is written; null where nothing is. */
  text: string;
  /** The same without the words for what is missing. */
  known: string;
  /** Whether something is written that is no value of the column's type. */
  isOther: string;
}

/** `view` has the table's columns, null where something else is written; `written` tells what, by their names. */
export interface WrittenTable {
  view: string;
  written: ReadonlyMap<string, WrittenColumn>;
}

/**
 * Makes such a view of files whose columns are `columns`; undefined where the files know the types of their values. Dates and
 * times are texts in it.
 */
export async function writtenView(
  duck: DuckDatabase,
  name: string,
  { files, dialect, ways, columns }: PreparedFiles & { ways: CsvWays; columns: readonly TableColumn[] },
): Promise<WrittenTable | undefined> {
  if (files.format === 'parquet') return undefined;
  const isJson = dialect === undefined;
  // What JSON has a form of its own for keeps it.
  const isWritten = ({ kind }: TableColumn): boolean => !isJson || !['boolean', 'nested', 'binary'].includes(kind);
  const relation = isJson
    ? jsonRelation(files, columns, isWritten)
    : relationOf(files, { dialect, hasLongLines: ways.hasLongLines, types: 'texts', hasWords: false }, 0);
  const view = `${name}_written`;
  const written = new Map<string, WrittenColumn>();
  const shown = columns.flatMap((column, at) => {
    const own = identifier(column.name);
    if (!isWritten(column)) return [`t${at} AS ${own}`];
    const text = identifier(textName(columns, column));
    const known = isJson ? text : knownSql(text);
    const isNumber = isJson && (column.kind === 'integer' || column.kind === 'number');
    written.set(column.name, { isNumber, text, known, isOther: `${known} IS NOT NULL AND ${own} IS NULL` });
    return [`${readSql(column, isJson ? `t${at}` : knownSql(`t${at}`))} AS ${own}`, `t${at} AS ${text}`];
  });
  const places = columns.map((_, at) => `t${at}`).join(', ');
  await duck.run(`CREATE VIEW ${identifier(view)} AS SELECT ${shown.join(', ')} FROM ${relation} AS t(${places})`);
  return { view: identifier(view), written };
}

function jsonRelation(
  files: ReadableFiles,
  columns: readonly TableColumn[],
  isWritten: (column: TableColumn) => boolean,
): string {
  const all = new Map(columns.map((column) => [column.name, isWritten(column) ? 'VARCHAR' : column.type]));
  return relationOf(files, { dialect: undefined, hasLongLines: false, types: { all } }, 0);
}

function textName(columns: readonly TableColumn[], { name }: TableColumn): string {
  const taken = new Set(columns.map((each) => each.name.toLowerCase()));
  let free = `${name} as written`;
  while (taken.has(free.toLowerCase())) free += '_';
  return free;
}

/** In JSON a text is no word for what is missing. */
function knownSql(text: string): string {
  return `CASE WHEN ${text} NOT IN (${missing.map(literal).join(', ')}) THEN ${text} END`;
}

function readSql({ kind, type }: TableColumn, text: string): string {
  if (kind === 'number' || kind === 'boolean') return `TRY_CAST(${text} AS ${type})`;
  if (kind !== 'integer') return text;
  // Left to itself DuckDB rounds.
  return `TRY_CAST(CASE WHEN regexp_full_match(${text}, '\\s*[+-]?[0-9]+\\s*') THEN ${text} END AS ${type})`;
}
