// What DuckDB says while tables are read, with the place that a person finds it at.
import { basename } from 'node:path';
import { SlipwayError, systemCodeOf } from '../../../base/errors';
import { duckFault, explainDuckError } from '../../../platform/duckdb/duck-error';
import { brokenJsonLine } from './text/broken-json';
import { csvDialect } from './text/csv-dialect';
import type { PreparedFiles } from './text/prepared-files';
import { raggedLine } from './text/ragged-line';

/** The error to throw. What no file is to blame for is the query's, where there is one. What is none of DuckDB's stays. */
export async function explainedFault(
  error: unknown,
  prepared: readonly PreparedFiles[],
  hasQuery: boolean,
): Promise<unknown> {
  if (SlipwayError.is(error) || systemCodeOf(error) !== undefined) return error;
  const fault = duckFault(error);
  const ragged = fault.isNoCsv ? await raggedPlace(prepared) : undefined;
  // Without its cause, as reading it in another way would not help.
  if (ragged !== undefined) return new SlipwayError('invalid', `${ragged}.`);
  const broken = fault.isNoJson ? await brokenPlace(prepared, fault.file) : undefined;
  if (broken !== undefined) return new SlipwayError('invalid', `${broken}.`, { cause: error });
  const first = prepared[0]?.files.files[0];
  return explainDuckError(error, hasQuery ? 'The query' : basename(first ?? 'the table'));
}

/** The sniffer says that a file is no table, and not where. */
async function raggedPlace(prepared: readonly PreparedFiles[]): Promise<string | undefined> {
  for (const { format, files } of prepared.map((each) => each.files)) {
    if (format !== 'csv' && format !== 'tsv') continue;
    for (const path of files) {
      const found = await raggedLine(path, csvDialect(path, format));
      if (found !== undefined) return `${basename(path)}:${found.line}: ${found.what}`;
    }
  }
  return undefined;
}

async function brokenPlace(prepared: readonly PreparedFiles[], named: string | undefined): Promise<string | undefined> {
  for (const { format, files } of prepared.map((each) => each.files)) {
    if (format !== 'jsonl') continue;
    for (const path of files) {
      if (named !== undefined && basename(named) !== basename(path)) continue;
      const found = await brokenJsonLine(path);
      if (found !== undefined) return `${basename(path)}:${found.line}: ${found.what}`;
    }
  }
  return undefined;
}
