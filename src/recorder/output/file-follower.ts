// Reads on in a growing file from where it last stopped, in bounded pieces.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const pieceSize = 256 * 1024;

/** One reader of one growing file. */
export class FileFollower {
  readonly #file: number;
  #piece: Buffer | undefined;
  #offset = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Bytes that are there and not yet read. */
  get waiting(): number {
    return Math.max(0, fstatSync(this.#file).size - this.#offset);
  }

  /** The next bytes without moving on, at most `most`. */
  peek(most: number): Buffer {
    const bytes = Buffer.allocUnsafe(most);
    return bytes.subarray(0, readSync(this.#file, bytes, 0, most, this.#offset));
  }

  /** Moves on by `size` bytes. */
  skip(size: number): void {
    this.#offset += size;
  }

  /** The next piece, at most `most` bytes; its memory is used again by the next call. Empty at the end. */
  read(most = pieceSize): Buffer {
    this.#piece ??= Buffer.allocUnsafe(pieceSize);
    const size = readSync(this.#file, this.#piece, 0, Math.min(most, pieceSize), this.#offset);
    this.#offset += size;
    return this.#piece.subarray(0, size);
  }

  close(): void {
    closeSync(this.#file);
  }
}
