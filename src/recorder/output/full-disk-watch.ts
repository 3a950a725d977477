// A command writes its output itself, and on a full disk hears of the failure alone: only the disk can tell.
import { statfsSync } from 'node:fs';
import { SlipwayError } from '../../base/errors';
import { monotonicTime } from '../monotonic-time';

/** Milliseconds between two looks. */
const pause = 100;

/** Looks whether the disk below a folder has room. */
export class FullDiskWatch {
  readonly #folder: string;
  readonly #onFull: (error: SlipwayError) => void;
  #last = Number.NEGATIVE_INFINITY;

  /** `onFull` hears SlipwayError `disk-full` at each look that finds not one free block. */
  constructor(folder: string, onFull: (error: SlipwayError) => void) {
    this.#folder = folder;
    this.#onFull = onFull;
  }

  /** Looks, unless it did a moment ago. */
  lookNowAndThen(): void {
    if (monotonicTime() - this.#last >= pause) this.look();
  }

  /** Looks now. A file system that does not say how full it is counts as one with room. */
  look(): void {
    this.#last = monotonicTime();
    try {
      const { bfree, bavail, blocks } = statfsSync(this.#folder);
      // What is kept back for the superuser is room for nobody else.
      const free = process.getuid?.() === 0 ? bfree : bavail;
      if (blocks > 0 && free === 0) this.#onFull(new SlipwayError('disk-full', `The disk of ${this.#folder} is full.`));
    } catch {
      // The folder may be gone.
    }
  }
}
