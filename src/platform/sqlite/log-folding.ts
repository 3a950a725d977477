// SQLite folds its log into the database after a thousand pages, on the thread of whoever commits next: the engine's loop.
// While a job writes much, its own thread does that more often, and the loop finds nothing left to fold.
import { statSync } from 'node:fs';
import { isDiskFull } from '../files/disk-fault';
import { type Database, openLockFile } from './database';

/** Bytes of log from which it is folded: well below SQLite's own thousand pages. */
const worthIt = 1024 * 1024;
/** Milliseconds between two looks. */
const lookEvery = 20;

/** Folds the log of a database that another connection of this process writes; never makes that one wait. */
export class LogFolding {
  readonly #path: string;
  readonly #database: Database;
  #looked = 0;

  constructor(path: string) {
    this.#path = path;
    this.#database = openLockFile(path);
  }

  /** Folds it when that is worth it. */
  look(): void {
    if (performance.now() - this.#looked < lookEvery) return;
    const size = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (size >= worthIt) this.#fold();
    this.#looked = performance.now();
  }

  #fold(): void {
    try {
      this.#database.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      // Then the log stays as it is. A job that writes hears of a full disk from its own writes.
      if (!isDiskFull(error)) throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}
