// Runs one SQL statement of a user, on a connection that cannot write.
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';
import { createPointView } from '../../lifecycle/runs/store/points/point-view';
import { type Database, openForReading, type Statement } from '../../platform/sqlite/database';
import { toWire } from '../../protocol/number';
import type { SqlCell, SqlLine, SqlRequest } from '../../protocol/sql-query';
import { checkReading } from './statement-check';

const charactersPerLine = 64 * 1024;

/** Hands the answer to `say`, line by line; what goes wrong is the last line. */
export function answerUserQuery(request: SqlRequest, say: (line: SqlLine) => void): void {
  let database: Database | undefined;
  try {
    checkReading(request.statement);
    database = openForReading(request.database);
    lockDown(database);
    const statement = prepared(database, request.statement);
    say({ columns: statement.columns().map((column) => column.name) });
    say({ full: readRows(statement, request, say) });
  } catch (error) {
    say({ error: sentenceOf(error) });
  } finally {
    database?.close();
  }
}

function lockDown(database: Database): void {
  // What is sorted stays in memory, which is watched, and cannot fill the disk. This drops what is temporary.
  database.pragma('temp_store = MEMORY');
  createPointView(database);
  database.pragma('query_only = ON');
  database.pragma('trusted_schema = OFF');
  // People expect LIKE as SQLite has it.
  database.pragma('case_sensitive_like = OFF');
}

function prepared(database: Database, text: string): Statement {
  const statement = database.prepare(text);
  if (!statement.reader || !statement.readonly) {
    throw new SlipwayError('forbidden', '`slipway sql` only reads, and this statement writes.');
  }
  return statement.raw(true).safeIntegers(true);
}

function readRows(
  statement: Statement,
  request: SqlRequest,
  say: (line: SqlLine) => void,
): 'rows' | 'characters' | null {
  let rows: SqlCell[][] = [];
  let count = 0;
  let characters = 0;
  let said = 0;
  const flush = (): void => {
    if (rows.length > 0) say({ rows });
    rows = [];
    said = characters;
  };
  for (const row of statement.iterate() as IterableIterator<unknown[]>) {
    const isFull = count === request.rows ? 'rows' : characters > request.characters ? 'characters' : undefined;
    if (isFull !== undefined) {
      flush();
      return isFull;
    }
    const cells = row.map(cellOf);
    rows.push(cells);
    count += 1;
    characters += cells.reduce<number>((sum, cell) => sum + String(cell).length + 1, 0);
    if (characters - said > charactersPerLine) flush();
  }
  flush();
  return null;
}

function cellOf(value: unknown): SqlCell {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number') return toWire(value);
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'string' ? value : null;
}

function sentenceOf(error: unknown): string {
  if (SlipwayError.is(error)) return error.message;
  if (error instanceof RangeError && error.message.includes('more than one statement')) {
    return 'There is more than one statement. Give one at a time.';
  }
  if (/^(?:Too few parameter|Missing named parameter)/.test(messageOf(error))) {
    return 'The statement leaves a value open (?, :name). Write the value itself.';
  }
  const what = messageOf(error);
  if (what.startsWith('no such table')) {
    return `SQLite refuses the statement: ${what}. These are there: slipway sql "select name from pragma_table_list"`;
  }
  return systemCodeOf(error)?.startsWith('SQLITE_') ? `SQLite refuses the statement: ${what}.` : what;
}
