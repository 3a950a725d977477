// Shows a growing file on one of the recorder's own streams. It reads from the file and not from memory, so that a
// terminal held with Ctrl-S or a paused pager costs nothing and stops nobody.
import { closeSync, openSync, readSync, write } from 'node:fs';
import { systemCodeOf } from '../../base/errors';

const pieceSize = 64 * 1024;

/** Copies a file's bytes, as they come, to an open descriptor. */
export class FileEcho {
  readonly #source: number;
  readonly #target: number;
  readonly #piece = Buffer.allocUnsafe(pieceSize);
  #offset = 0;
  #pumping: Promise<void> | undefined;
  #gone = false;

  constructor(path: string, target: number) {
    this.#source = openSync(path, 'r');
    this.#target = target;
  }

  /** The file has grown. */
  grown(): void {
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = undefined;
    });
  }

  /** Shows what is left and closes. Returns when the reader has taken all of it, or is gone. */
  async finish(): Promise<void> {
    await this.#pumping;
    await this.#pump();
    closeSync(this.#source);
  }

  async #pump(): Promise<void> {
    while (!this.#gone) {
      const size = readSync(this.#source, this.#piece, 0, pieceSize, this.#offset);
      if (size === 0) return;
      this.#offset += size;
      await this.#writeAll(size);
    }
  }

  async #writeAll(size: number): Promise<void> {
    for (let at = 0; at < size; ) {
      const outcome = await this.#write(at, size - at);
      if (typeof outcome === 'number') at += outcome;
      else if (outcome === 'full') await new Promise((resolve) => setTimeout(resolve, 5));
      else {
        // The reader closed its end (`| head`); the command goes on and is recorded all the same.
        this.#gone = true;
        return;
      }
    }
  }

  #write(at: number, length: number): Promise<number | 'full' | 'gone'> {
    return new Promise((resolve) => {
      write(this.#target, this.#piece, at, length, null, (error, written) => {
        if (error === null) resolve(written);
        else resolve(systemCodeOf(error) === 'EAGAIN' ? 'full' : 'gone');
      });
    });
  }
}
