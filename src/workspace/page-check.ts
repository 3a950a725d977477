// Whether every page of the database can be read; slow on large files, so it is a reading for a reader thread.
import { messageOf, systemCodeOf } from '../base/errors';
import type { Database } from '../platform/sqlite/database';

/** One sentence of SQLite's per problem found by `quick_check`; empty when every page is sound. */
export function pageCheck(database: Database, _query: null): string[] {
  try {
    const rows = database.pragma('quick_check') as { quick_check: string }[];
    return rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
  } catch (error) {
    // Some damage is found by the check, and some ends it.
    if (systemCodeOf(error)?.startsWith('SQLITE_CORRUPT') !== true) throw error;
    return [messageOf(error)];
  }
}
