// Several statements that see the same database, whatever another connection writes between them.
import type { Database } from './database';

/** What `read` returns. It writes nothing, waits for nothing, and is in no transaction yet. Throws what `read` throws. */
export function atOneMoment<T>(database: Database, read: () => T): T {
  database.exec('BEGIN');
  try {
    return read();
  } finally {
    // Not committed: in a damaged database that fails, also when the reading has made an answer of the damage.
    if (database.inTransaction) database.exec('ROLLBACK');
  }
}
