// Writes that wait for their turn. SQLite lets one program write at a time; while another one does, ours wait here, in
// the order they came, and the engine's loop stays free for reads.
import type { Disposable } from '../base/disposable';
import { SlipwayError } from '../base/errors';
import { explainDiskFault } from '../platform/files/disk-fault';
import { isLockError } from '../platform/sqlite/lock-error';

/** `bytes` is what the write holds in memory; once `isWanted` says no (its client gave up), it is dropped unwritten. */
export interface WriteTerms {
  bytes?: number;
  isWanted?: () => boolean;
}

/** What may wait at most, in writes and in bytes. */
export interface WriteLimits {
  writes: number;
  bytes: number;
}

interface Waiting {
  write: () => unknown;
  bytes: number;
  isWanted: () => boolean;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

const usualLimits: WriteLimits = { writes: 10_000, bytes: 64 * 1024 * 1024 };
const slice = 8;
const firstPause = 5;
const longestPause = 50;

/** Runs writes one after the other. A write is a function that can be called again when it meets a lock. */
export class WriteQueue implements Disposable {
  readonly #folder: string;
  readonly #limits: WriteLimits;
  readonly #waiting: Waiting[] = [];
  #onWritten: () => void = () => undefined;
  #bytes = 0;
  #pause = firstPause;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #heldSince: number | undefined;
  #ended = false;

  /** `folder` is where the database lies, for the sentence about its disk. */
  constructor(folder: string, limits: WriteLimits = usualLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Calls `listener` after each write, also one that failed: what it refused may be written down; there is one. */
  onWritten(listener: () => void): void {
    this.#onWritten = listener;
  }

  /** How many writes wait now. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Since when another program has kept writes waiting, in epoch milliseconds; undefined when none does. */
  get heldSince(): number | undefined {
    return this.#heldSince;
  }

  /**
   * The result of `write`: at once when nothing waits and nobody holds the database, else promised. Throws what it
   * throws, and SlipwayError `overloaded` when too much waits already, `unavailable` when the engine ends first,
   * `disk-full` or `disk-failing` when nothing can be written.
   */
  run<T>(write: () => T, terms: WriteTerms = {}): T | Promise<T> {
    if (this.#ended) throw ending();
    if (this.#waiting.length > 0) return this.#wait(write, terms);
    try {
      const result = write();
      this.#onWritten();
      return result;
    } catch (error) {
      if (!isLockError(error)) throw this.#failed(error);
      this.#heldSince = Date.now();
      return this.#wait(write, terms);
    }
  }

  dispose(): void {
    this.#ended = true;
    this.#stopTimer();
    for (const each of this.#waiting.splice(0)) each.reject(ending());
  }

  #wait<T>(write: () => T, { bytes = 0, isWanted = () => true }: WriteTerms): Promise<T> {
    if (this.#waiting.length >= this.#limits.writes || this.#bytes + bytes > this.#limits.bytes) {
      throw new SlipwayError(
        'overloaded',
        'Another program holds the database, and so much waits for it already that no more is taken. Try again later.',
      );
    }
    this.#bytes += bytes;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ write, bytes, isWanted, resolve: resolve as (value: unknown) => void, reject });
      if (this.#timer === undefined) this.#timer = setTimeout(() => this.#drain(), this.#pause);
    });
  }

  #drain(): void {
    this.#timer = undefined;
    const deadline = performance.now() + slice;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (performance.now() > deadline) {
        this.#timer = setImmediate(() => this.#drain());
        return;
      }
      if (!this.#settle(first)) {
        this.#pause = Math.min(longestPause, this.#pause * 2);
        this.#timer = setTimeout(() => this.#drain(), this.#pause);
        return;
      }
      this.#waiting.shift();
      this.#bytes -= first.bytes;
    }
    this.#heldSince = undefined;
  }

  /** False when the database is still held, so that it is tried again. */
  #settle(waiting: Waiting): boolean {
    if (!waiting.isWanted()) {
      waiting.reject(new SlipwayError('unavailable', 'The client went away before its turn, so nothing was written.'));
      return true;
    }
    try {
      waiting.resolve(waiting.write());
      this.#onWritten();
    } catch (error) {
      if (isLockError(error)) {
        this.#heldSince ??= Date.now();
        return false;
      }
      waiting.reject(this.#failed(error));
    }
    this.#heldSince = undefined;
    this.#pause = firstPause;
    return true;
  }

  #failed(error: unknown): unknown {
    try {
      this.#onWritten();
    } catch {
      // What failed first is what is told.
    }
    return explainDiskFault(error, this.#folder);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
  }
}

function ending(): SlipwayError {
  return new SlipwayError('unavailable', 'The engine is ending. Ask again in a moment.');
}
