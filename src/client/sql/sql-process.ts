// One SQL statement in a process of its own, that can be killed: SQLite hears nothing while it works.
import { SlipwayError } from '../../base/errors';
import { type SqlCell, type SqlRequest, sqlLine } from '../../protocol/sql-query';
import { askOnce } from '../asked/asked-once';

/** `limit` in milliseconds; `bundle` is the folder that holds `sql.js`. */
export interface SqlTerms {
  bundle: string;
  limit: number;
}

/** All rows of the answer; `full` names the limit at which reading stopped, null when there are no more rows. */
export interface SqlAnswer {
  columns: string[];
  rows: SqlCell[][];
  full: 'rows' | 'characters' | null;
}

/**
 * The statement's answer. Throws SlipwayError `invalid` with what is wrong with the statement, `unavailable` when the
 * time is over or its process dies; the process has ended either way.
 */
export async function runSql(request: SqlRequest, terms: SqlTerms): Promise<SqlAnswer> {
  const signal = AbortSignal.timeout(terms.limit);
  const ended = (how: string): SlipwayError =>
    new SlipwayError(
      'unavailable',
      signal.aborted
        ? `The statement was ended after ${terms.limit / 1000} s. Make it smaller, or give it more with --timeout.`
        : `The process of the statement ended before its answer (${how}).`,
    );
  return askOnce({ script: 'sql.js', request, read: readAnswer, ended, signal }, { bundle: terms.bundle });
}

/** Undefined when the lines end before the answer does. */
async function readAnswer(lines: AsyncIterable<string>): Promise<SqlAnswer | undefined> {
  const answer: SqlAnswer = { columns: [], rows: [], full: null };
  for await (const text of lines) {
    const line = sqlLine.safeParse(parsed(text)).data;
    if (line === undefined) continue;
    if ('error' in line) throw new SlipwayError('invalid', line.error);
    if ('columns' in line) answer.columns = line.columns;
    if ('rows' in line) for (const row of line.rows) answer.rows.push(row);
    if ('full' in line) return { ...answer, full: line.full };
  }
  return undefined;
}

/** A process that is killed may leave half a line. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
