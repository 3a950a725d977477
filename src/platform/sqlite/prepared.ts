// Statements whose text never changes are prepared once for each database, also by functions that hold no state.
import type { Database, Statement } from './database';

const known = new WeakMap<Database, Map<string, Statement>>();

/** The statement of this text, prepared at its first use and kept as long as the database. Not for texts that vary. */
export function prepared<P extends unknown[], R>(database: Database, sql: string): Statement<P, R> {
  const statements = known.get(database) ?? new Map<string, Statement>();
  known.set(database, statements);
  const statement = statements.get(sql) ?? database.prepare(sql);
  statements.set(sql, statement);
  return statement as Statement<P, R>;
}
