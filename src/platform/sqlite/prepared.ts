// Preparing a statement costs as much as running a short one, so it is done once for each database and text, also by
// functions that hold no state.
import type { Database, Statement } from './database';

interface Known {
  always: Map<string, Statement>;
  lately: Map<string, Statement>;
}

const known = new WeakMap<Database, Known>();
const mostLately = 50;

/** The statement of this text, prepared at its first use and kept as long as the database. Not for texts that vary. */
export function prepared<P extends unknown[], R>(database: Database, sql: string): Statement<P, R> {
  const { always } = of(database);
  const statement = always.get(sql) ?? database.prepare(sql);
  always.set(sql, statement);
  return statement as Statement<P, R>;
}

/** The same for texts that vary with what is asked: the last fifty are kept. */
export function preparedLately<P extends unknown[], R>(database: Database, sql: string): Statement<P, R> {
  const { lately } = of(database);
  const statement = lately.get(sql) ?? database.prepare(sql);
  lately.delete(sql);
  lately.set(sql, statement);
  const [oldest] = lately.keys();
  if (lately.size > mostLately && oldest !== undefined) lately.delete(oldest);
  return statement as Statement<P, R>;
}

function of(database: Database): Known {
  const found = known.get(database) ?? { always: new Map(), lately: new Map() };
  known.set(database, found);
  return found;
}
