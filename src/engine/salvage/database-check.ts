// Whether a database is sound: its pages, and what lies in values that SQLite does not look into.
import { packCheck } from '../../lifecycle/runs/store/points/pack-check';
import type { Database } from '../../platform/sqlite/database';
import { pageCheck } from '../../workspace/page-check';

/** One sentence per problem; empty when there is none. Reads the whole database, so it is for a reader thread. */
export function databaseCheck(database: Database, query: null): string[] {
  const problems = pageCheck(database, query);
  return problems.length > 0 ? problems : packCheck(database);
}
