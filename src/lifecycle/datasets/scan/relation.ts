// The SQL that reads a table's files.
import { basename } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { literal, literalList } from '../../../platform/duckdb/duck-text';
import type { TableFiles, TableFormat } from '../../../protocol/datasets/table-source';
import type { CsvDialect } from './text/csv-dialect';

/**
 * `dialect` of a CSV or TSV; `asText` names columns whose values are of more than one type. `types` are those of all columns
 * where they are known.
 */
export interface ReadingTerms {
  dialect: CsvDialect | undefined;
  asText: readonly string[];
  types?: ReadonlyMap<string, string>;
}

/** What pandas reads as missing, so that the same file has the same nulls here and there. */
const missing = [
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

/** Bytes up to which every row is looked at before the types of the columns are decided. */
const wholeSampleBytes = 64 * 1024 * 1024;
const sampleRows = 50_000;
/** Where nothing has to be found out. */
const fewRows = 1000;

/** The expression after FROM that reads the files as one table. `bytes` is their size together. */
export function relationOf({ files, format }: TableFiles, terms: ReadingTerms, bytes: number): string {
  const paths = literalList(files);
  const looked = bytes <= wholeSampleBytes ? -1 : sampleRows;
  const sample = `sample_size=${terms.types === undefined ? looked : fewRows}`;
  const readers: Record<TableFormat, () => string> = {
    csv: () => `read_csv(${paths}, ${csvOptions(terms)}, ${sample})`,
    tsv: () => `read_csv(${paths}, ${csvOptions(terms)}, ${sample})`,
    json: () => `read_json(${paths}, format='auto', union_by_name=true, maximum_object_size=33554432, ${sample})`,
    jsonl: () => `read_json(${paths}, format='newline_delimited', union_by_name=true, ${sample})`,
    parquet: () => `read_parquet(${paths}, union_by_name=true)`,
    arrow: () => {
      const name = basename(files[0] ?? '');
      throw new SlipwayError('invalid', `${name} is an Arrow file, which cannot be read here. Write it as Parquet.`);
    },
  };
  return readers[format]();
}

function csvOptions({ dialect, asText, types }: ReadingTerms): string {
  const { delimiter, hasHeader } = dialect ?? { delimiter: ',', hasHeader: true };
  const told = [...(types ?? asText.map((name) => [name, 'VARCHAR'] as const))];
  const typed = told.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ');
  return [
    `delim=${literal(delimiter)}`,
    `quote='"', escape='"', header=${hasHeader}, skip=0, comment='', strict_mode=true, null_padding=false`,
    `nullstr=${literalList(missing)}, union_by_name=true`,
    ...(told.length === 0 ? [] : [`types={${typed}}`]),
  ].join(', ');
}
