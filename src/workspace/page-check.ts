// Whether every page of the database can be read; slow on large files, so it is a reading for a reader thread.
import type { Database } from '../platform/sqlite/database';

/** One sentence of SQLite's per problem found by `quick_check`; empty when every page is sound. */
export function pageCheck(database: Database, _query: null): string[] {
  const rows = database.pragma('quick_check') as { quick_check: string }[];
  return rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
}
