// A lock that dies with its holder: SQLite's own file lock on an otherwise empty file. A lock file with a pid in it
// would outlive a killed process.
import { accessSync, constants } from 'node:fs';
import { systemCodeOf } from '../../base/errors';
import { explain, openLockFile } from './database';

/** Holds the lock until released or the process ends. */
export interface ExclusiveLock {
  release(): void;
}

/** Takes the lock on `path` (created if missing). Undefined when another process holds it; throws as `explain` says. */
export function tryLock(path: string): ExclusiveLock | undefined {
  const database = openLockFile(path);
  try {
    // SQLite would open a file it may only read, and then lock nothing.
    accessSync(path, constants.W_OK);
    database.exec('BEGIN EXCLUSIVE');
    return {
      release() {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    if (systemCodeOf(error) === 'SQLITE_BUSY') return undefined;
    throw explain(error, path);
  }
}
