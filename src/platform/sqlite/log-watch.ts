// SQLite folds its log into the database on the thread of whoever commits when the log is long: on the engine's loop, and
// the disk then holds up everybody. Here another thread does it first.
import type { Disposable } from '../../base/disposable';
import type { Database } from './database';

/** `fold` folds the log of `database`'s file on another thread. */
export interface LogWatchParts {
  database: Database;
  fold: () => Promise<void>;
}

/** Milliseconds from a write to a look at the log. */
const lookAfter = 20;
/**
 * So many pages that are not folded yet are worth a thread. Fewer would make the log begin anew more often, for which the
 * next writer waits for the disk once.
 */
const worthIt = 2000;
/**
 * A log of so many pages is folded by the loop after all: one that is written without a pause never begins anew, because
 * the thread is always a little behind.
 */
const tooMany = 32_000;

/** Looks at the log after writes, and has it folded. */
export class LogWatch implements Disposable {
  readonly #parts: LogWatchParts;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(parts: LogWatchParts) {
    this.#parts = parts;
    parts.database.pragma(`wal_autocheckpoint = ${tooMany}`);
  }

  /** Something was written. */
  written(): void {
    if (this.#ended) return;
    this.#timer ??= setTimeout(() => void this.#look(), lookAfter).unref();
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      if (this.#pagesLeft() >= worthIt) await this.#parts.fold();
    } catch {
      // The log stays as it is until the next write; a full or held disk is told to those who write.
    } finally {
      this.#timer = undefined;
    }
  }

  #pagesLeft(): number {
    const [found] = this.#parts.database.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return found === undefined ? 0 : found.log - found.checkpointed;
  }
}
