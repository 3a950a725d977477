// The rows of a SELECT over somebody's SQLite file, as CSV. The file itself is never opened for writing.
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { Database } from '../../../platform/sqlite/database';
import { copyForeignDatabase } from '../../../platform/sqlite/foreign-copy';

/** `folder` is where the path of the file begins; `to` a new file; `progress` may throw to break off. */
export interface RowTerms {
  name: string;
  folder: string;
  to: string;
  progress: (done: number, total: number) => void;
}

const lineBytes = 1024 * 1024;

/** Throws SlipwayError `not-found` without the file, `invalid` for a query that is no SELECT or does not run. */
export function selectAsCsv({ sqlite, query }: { sqlite: string; query: string }, terms: RowTerms): void {
  const path = resolve(terms.folder, sqlite);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new SlipwayError('not-found', `${terms.name} was not fetched: there is no file ${path}.`);
  }
  const copy = copyForeignDatabase(path, `${terms.to}.sqlite`);
  const file = openSync(terms.to, 'wx');
  try {
    writeRows(copy.database, query, { ...terms, write: (text) => writeSync(file, text) });
  } finally {
    closeSync(file);
    copy.close();
  }
}

function writeRows(
  database: Database,
  query: string,
  { name, progress, write }: RowTerms & { write: (text: string) => void },
): void {
  const statement = prepare(database, query, name);
  const names = statement.columns().map((column) => column.name);
  let text = line(names);
  let rows = 0;
  for (const row of statement.raw().safeIntegers().iterate()) {
    text += line(row as unknown[]);
    rows += 1;
    if (text.length < lineBytes) continue;
    progress(rows, 0);
    write(text);
    text = '';
  }
  write(text);
}

function prepare(database: Database, query: string, name: string): ReturnType<Database['prepare']> {
  try {
    const statement = database.prepare(query);
    if (statement.reader && statement.readonly) return statement;
  } catch (error) {
    throw new SlipwayError('invalid', `The query of ${name} does not run: ${messageOf(error)}.`, { cause: error });
  }
  throw new SlipwayError('invalid', `The query of ${name} only reads: it is one SELECT.`);
}

function line(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

/** A missing value is an empty cell, an empty text `""`; bytes are hexadecimal digits. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
