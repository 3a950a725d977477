// Folds the log of a database that another connection of this process writes, on a thread where waiting hurts nobody.
import { type Database, openLockFile } from './database';

const folding = new WeakMap<Database, Database>();

/** Folds what no reader needs any more; never makes the writer wait. `database` is this thread's reading connection. */
export function foldLog(database: Database): void {
  // One that reads cannot fold, so it is accompanied by one that can.
  const connection = folding.get(database) ?? openLockFile(database.name);
  folding.set(database, connection);
  connection.pragma('wal_checkpoint(PASSIVE)');
}
