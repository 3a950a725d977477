// SQLite folds its log into the database after a thousand pages, on the thread of whoever commits next: the engine's loop.
// While a job writes much, its own thread does that more often, and the loop finds nothing left to fold.
import { statSync } from 'node:fs';
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
    if (size >= worthIt) this.#database.pragma('wal_checkpoint(PASSIVE)');
    this.#looked = performance.now();
  }

  close(): void {
    this.#database.close();
  }
}
