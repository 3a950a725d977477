// The only place that loads better-sqlite3. Its native half needs Node-API 10; loading it on less crashes the process.
import { rmSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { SlipwayError, systemCodeOf } from '../../base/errors';
import { explainDiskFault } from '../files/disk-fault';

export type Database = BetterSqlite3.Database;
export type Statement<P extends unknown[] = unknown[], R = unknown> = BetterSqlite3.Statement<P, R>;

/** How much a commit promises: `NORMAL` survives a killed process, `FULL` also a power cut. */
export type Durability = 'NORMAL' | 'FULL';

function load(): typeof BetterSqlite3 {
  if (Number(process.versions.napi ?? 0) < 10) {
    throw new SlipwayError(
      'unavailable',
      `Slipway's engine needs Node 22.14 or newer; this is Node ${process.versions.node}.`,
    );
  }
  // Loaded here and not at the top, so that the check above comes first.
  return require('better-sqlite3') as typeof BetterSqlite3;
}

/** `applicationId` is written into the file's header and says whose file it is. */
export interface WritingOptions {
  durability: Durability;
  applicationId: number;
}

/**
 * Opens a database for its only writer: WAL where the file system lets programs share memory, else a rollback journal;
 * foreign keys on, memory mapping off (network file systems).
 * Throws SlipwayError `damaged` when the file is not a readable SQLite database, `read-only` when it cannot be written.
 */
export function openForWriting(path: string, options: WritingOptions): Database {
  try {
    return openWithLog(path, options);
  } catch (error) {
    if (systemCodeOf(error)?.startsWith('SQLITE_IOERR_SHM') !== true) throw explain(error, path);
  }
  try {
    return openWithoutLog(path, options);
  } catch (error) {
    throw explain(error, path);
  }
}

function openWithLog(path: string, options: WritingOptions): Database {
  const database = new (load())(path, { timeout: 10_000 });
  try {
    mark(database, options);
    database.pragma('journal_mode = WAL');
    // The first reading finds out whether there is memory to share.
    database.pragma('user_version');
    return arranged(database, hasLog(database) ? options.durability : 'FULL');
  } catch (error) {
    database.close();
    throw error;
  }
}

/** For a file system on which programs cannot share memory: readers and the writer wait for each other. */
function openWithoutLog(path: string, options: WritingOptions): Database {
  const database = new (load())(path, { timeout: 10_000 });
  try {
    // Whoever has the file for itself can read a log without sharing; what it holds comes into the file, and it goes.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = TRUNCATE');
    // What the attempt with a log has left.
    rmSync(`${path}-shm`, { force: true });
    mark(database, options);
    database.pragma('locking_mode = NORMAL');
    // The file is let go with the next reading.
    database.pragma('user_version');
    // Without a log anything less could damage the file when the power fails.
    return arranged(database, 'FULL');
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Says in a new file whose it is. */
function mark(database: Database, options: WritingOptions): void {
  // Only a new file takes it: what is erased later can then be given back to the disk in small steps.
  if (database.pragma('page_count', { simple: true }) === 0) database.pragma('auto_vacuum = INCREMENTAL');
  // Before WAL, so that the mark is in the file itself and not only in its log.
  if (database.pragma('application_id', { simple: true }) !== options.applicationId) {
    database.pragma(`application_id = ${options.applicationId}`);
  }
}

function arranged(database: Database, durability: Durability): Database {
  database.pragma(`synchronous = ${durability}`);
  database.pragma('foreign_keys = ON');
  database.pragma('mmap_size = 0');
  database.pragma('cache_size = -16000');
  database.pragma('temp_store = MEMORY');
  // LIKE is case-sensitive in the MLflow search grammar; ILIKE is written as lower() on both sides.
  database.pragma('case_sensitive_like = ON');
  return database;
}

/** Whether `database` is written through a log, beside which others read while it is written. */
export function hasLog(database: Database): boolean {
  return database.pragma('journal_mode', { simple: true }) === 'wal';
}

/** Opens a file as it is, without waiting: one that serves only as a lock, or a copy that is nobody else's yet. */
export function openLockFile(path: string): Database {
  try {
    return new (load())(path, { timeout: 0 });
  } catch (error) {
    throw explain(error, path);
  }
}

/** Opens a second, read-only connection to a database that a writer has open. */
export function openForReading(path: string): Database {
  try {
    const database = new (load())(path, { readonly: true, fileMustExist: true, timeout: 10_000 });
    database.pragma('mmap_size = 0');
    database.pragma('case_sensitive_like = ON');
    return database;
  } catch (error) {
    throw explain(error, path);
  }
}

/** What to throw for a failure on `path`: SlipwayError for damage, a missing right or a fault of the disk, else `error`. */
export function explain(error: unknown, path: string): unknown {
  const code = systemCodeOf(error) ?? '';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new SlipwayError('damaged', `${path} is not a readable SQLite database.`, { cause: error });
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'EACCES' ||
    code === 'EROFS'
  ) {
    return new SlipwayError('read-only', `${path} cannot be opened for writing. Check the folder's permissions.`, {
      cause: error,
    });
  }
  return explainDiskFault(error, path);
}
