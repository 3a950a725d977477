// A file of any size, read from its beginning in pieces: whoever reads asks for so many bytes and gets them side by side.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const pieceBytes = 4 * 1024 * 1024;

/** One pass over a file as it was when it was opened. */
export class PieceFile {
  readonly size: number;
  /** The place of the first byte that was not taken yet. */
  at = 0;
  readonly #file: number;
  #piece: Buffer = Buffer.alloc(0);
  #from = 0;

  /** Throws what the disk throws. */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  /** How many bytes come after `at`. */
  get left(): number {
    return this.size - this.at;
  }

  /** The bytes that were read last; see `place`. */
  get piece(): Buffer {
    return this.#piece;
  }

  /** Where in `piece` the next bytes lie, `count` of them at least; undefined when there are not so many. */
  place(count: number): number | undefined {
    if (count > this.left) return undefined;
    if (this.at + count > this.#from + this.#piece.length && !this.#read(count)) return undefined;
    return this.at - this.#from;
  }

  /** The next bytes, and passes over them; undefined when there are not so many. They stay as they are. */
  take(count: number): Buffer | undefined {
    const start = this.place(count);
    if (start === undefined) return undefined;
    this.at += count;
    return this.#piece.subarray(start, start + count);
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(least: number): boolean {
    const wanted = Math.min(this.left, Math.max(least, pieceBytes));
    // A new one each time: what was taken may still be in use.
    const piece = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const read = readSync(this.#file, piece, filled, wanted - filled, this.at + filled);
      if (read === 0) break;
      filled += read;
    }
    this.#piece = piece.subarray(0, filled);
    this.#from = this.at;
    return filled >= least;
  }
}
