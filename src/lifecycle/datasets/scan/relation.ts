// The SQL that reads a table's files.
import { literal, literalList } from '../../../platform/duckdb/duck-text';
import type { TableFormat } from '../../../protocol/datasets/table-source';
import type { CsvDialect } from './text/csv-dialect';

/** Files of a kind that DuckDB reads by itself. */
export interface ReadableFiles {
  files: string[];
  format: Exclude<TableFormat, 'arrow'>;
}

/** `dialect` of a CSV or TSV. */
export interface ReadingTerms {
  dialect: CsvDialect | undefined;
  /** Whether lines of a CSV may be of any length up to `mostLineBytes`: that costs memory. */
  hasLongLines: boolean;
  /** DuckDB types of columns that are not found out: of some of a CSV by name, of all (of JSON too), or a CSV's all as they are written. */
  types: { some: ReadonlyMap<string, string> } | { all: ReadonlyMap<string, string> } | 'texts';
  /** Whether the words for what is missing are read as that in a CSV, as they are unless something else is said. */
  hasWords?: boolean;
}

/** What pandas reads as missing, so that the same file has the same nulls here and there. */
export const missing = [
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];

/** Bytes up to which every row is looked at before the types of the columns are decided; beyond, so many rows. */
const wholeSampleBytes = 64 * 1024 * 1024;
const sampleRows = 50_000;
/** Where nothing has to be found out. */
const fewRows = 1000;

/** How many rows the types are told from, of files of so many bytes; -1: all. */
export function sampledRows(bytes: number): number {
  return bytes <= wholeSampleBytes ? -1 : sampleRows;
}

/** Bytes of a line of a CSV, and where some are longer. DuckDB holds two lines at once in each buffer. */
const lineBytes = 1024 * 1024;
const mostLineBytes = 64 * 1024 * 1024;
const manyColumns = 500;
const wideBufferBytes = 32 * 1024 * 1024;

/** The expression after FROM that reads the files as one table. `bytes` is their size together. */
export function relationOf({ files, format }: ReadableFiles, terms: ReadingTerms, bytes: number): string {
  const paths = literalList(files);
  const isToldApart = terms.types !== 'texts' && 'some' in terms.types;
  const sample = `sample_size=${isToldApart ? sampledRows(bytes) : fewRows}`;
  // Of one file it changes nothing and has the header looked at again for each statement.
  const union = files.length > 1 ? ', union_by_name=true' : '';
  const readers: Record<ReadableFiles['format'], () => string> = {
    csv: () => `read_csv(${paths}, ${csvOptions(terms)}, ${sample}${union})`,
    tsv: () => `read_csv(${paths}, ${csvOptions(terms)}, ${sample}${union})`,
    json: () =>
      `read_json(${paths}, format='auto', ${jsonOptions(terms)}maximum_object_size=33554432, ${sample}${union})`,
    jsonl: () => `read_json(${paths}, format='newline_delimited', ${jsonOptions(terms)}${sample}${union})`,
    parquet: () => `read_parquet(${paths}${union})`,
  };
  return readers[format]();
}

function jsonOptions({ types }: ReadingTerms): string {
  return types !== 'texts' && 'all' in types ? `columns={${typesSql(types.all)}}, ` : '';
}

function typesSql(types: Iterable<readonly [string, string]>): string {
  return [...types].map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ');
}

function csvOptions({ dialect, types, hasLongLines, hasWords = true }: ReadingTerms): string {
  const { delimiter, hasHeader, blankLines } = dialect ?? { delimiter: ',', hasHeader: true, blankLines: 0 };
  const told = types === 'texts' ? [] : [...('all' in types ? types.all : types.some)];
  const typed = typesSql(told);
  const line = hasLongLines ? mostLineBytes : lineBytes;
  // Of a wide table one thread at a time: each holds two thousand rows.
  const buffer = (dialect?.names.length ?? 0) > manyColumns ? wideBufferBytes : 2 * line;
  return [
    `max_line_size=${line}, buffer_size=${Math.max(buffer, 2 * line)}`,
    `delim=${literal(delimiter)}`,
    `quote='"', escape='"', header=${hasHeader}, skip=${blankLines}, comment='', strict_mode=true, null_padding=false`,
    `nullstr=${literalList(hasWords ? missing : [''])}`,
    ...(types === 'texts' ? ['all_varchar=true'] : []),
    // Where all is told nothing is looked for: that takes seconds of thousands of columns, and each statement does it.
    ...(told.length === 0 || types === 'texts'
      ? []
      : 'all' in types
        ? [`auto_detect=false, columns={${typed}}`]
        : [`types={${typed}}`]),
  ].join(', ');
}
