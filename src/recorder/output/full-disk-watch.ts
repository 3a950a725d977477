// A command writes its output itself, and on a full disk hears of the failure alone: only the disk can tell.
import { statfsSync } from 'node:fs';
import type { Disposable } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import { monotonicTime } from '../monotonic-time';

/** Milliseconds between two looks, and between two while there is little room: a disk may be full for a moment only. */
const [pause, shortPause] = [100, 20];
/** Bytes that a command can hardly fill between two looks. */
const littleRoom = 256 * 1024 * 1024;

/** Looks whether the disk below a folder has room. */
export class FullDiskWatch implements Disposable {
  readonly #folder: string;
  readonly #onFull: (error: SlipwayError) => void;
  #last = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

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
    clearTimeout(this.#timer);
    try {
      const { bfree, bavail, blocks, bsize } = statfsSync(this.#folder);
      // What is kept back for the superuser is room for nobody else.
      const free = process.getuid?.() === 0 ? bfree : bavail;
      if (blocks === 0) return;
      if (free === 0) this.#onFull(new SlipwayError('disk-full', `The disk of ${this.#folder} is full.`));
      if (free * bsize < littleRoom && !this.#ended) this.#timer = setTimeout(() => this.look(), shortPause).unref();
    } catch {
      // The folder may be gone.
    }
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}
