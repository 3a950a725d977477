// A line of `$SLIPWAY_METRICS` may carry no time; then it counts as logged when the file had just grown to hold it.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { KeptFile } from './kept-file';

/** Milliseconds between two notes. */
const shortest = 100;
/** Bytes by which a file that was written anew is known. */
const headSize = 256;

/**
 * Notes when the metrics file had grown to which size, at most ten times a second. The notes on a file that was written
 * anew begin anew too.
 */
export class MetricTimes {
  readonly #source: string;
  readonly #file: KeptFile;
  readonly #onRewritten: () => void;
  #head: Buffer = Buffer.alloc(0);
  #size = 0;
  #noted = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `onRewritten` hears each time that the file does not go on as it stood. */
  constructor(source: string, file: KeptFile, onRewritten: () => void) {
    this.#source = source;
    this.#file = file;
    this.#onRewritten = onRewritten;
  }

  /** The file may have grown. */
  look(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#noted + shortest - Date.now();
    if (wait <= 0) this.#note();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#note();
      }, wait);
    }
  }

  /** Notes the last size and closes. */
  finish(): void {
    clearTimeout(this.#timer);
    this.#note();
    // Empty or gone in the end; before, it may be about to be filled.
    if (this.#size > 0 && lookAt(this.#source).size === 0) this.#onRewritten();
    this.#file.close();
  }

  #note(): void {
    const { size, head } = lookAt(this.#source);
    if (size === 0) return;
    const isSame = size >= this.#size && head.subarray(0, this.#head.length).equals(this.#head);
    this.#head = head;
    if (!isSame) {
      this.#size = 0;
      this.#file.clear();
      this.#onRewritten();
    }
    if (size <= this.#size) return;
    this.#size = size;
    this.#noted = Date.now();
    this.#file.append(Buffer.from(`${size} ${this.#noted}\n`));
  }
}

/** A file's size and its first bytes; of none, or of what is no file, nothing. */
function lookAt(path: string): { size: number; head: Buffer } {
  try {
    // Without waiting, for somebody may have put a pipe there.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (!stat.isFile()) return { size: 0, head: Buffer.alloc(0) };
      const head = Buffer.alloc(headSize);
      return { size: stat.size, head: head.subarray(0, readSync(file, head, 0, headSize, 0)) };
    } finally {
      closeSync(file);
    }
  } catch {
    return { size: 0, head: Buffer.alloc(0) };
  }
}
