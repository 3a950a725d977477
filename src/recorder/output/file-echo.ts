// Shows a growing file on one of the recorder's own streams. It reads from the file and not from memory, so that a
// terminal held with Ctrl-S or a paused pager costs nothing and stops nobody.
import { closeSync, fstatSync, openSync, readSync, write } from 'node:fs';
import { systemCodeOf } from '../../base/errors';

const pieceSize = 64 * 1024;

/** Copies a file's bytes, as they come, to an open descriptor. */
export class FileEcho {
  readonly #source: number;
  readonly #target: number;
  readonly #onReaderGone: () => void;
  readonly #piece = Buffer.allocUnsafe(pieceSize);
  #offset = 0;
  #pumping: Promise<void> | undefined;
  #gone = false;
  #finishing = false;

  /** `onReaderGone` is called when the target is a pipe that nobody reads any more. */
  constructor(path: string, target: number, onReaderGone: () => void) {
    this.#source = openSync(path, 'r');
    this.#target = target;
    this.#onReaderGone = onReaderGone;
  }

  /** The file has grown. */
  grown(): void {
    // Two at once would show pieces twice.
    if (this.#finishing) return;
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = undefined;
    });
  }

  /** Shows what is left and closes. Returns when the reader has taken all of it, or is gone. */
  async finish(): Promise<void> {
    this.#finishing = true;
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
        // A terminal or an editor that is gone is no reason to stop; a pipe's end is what ends any command.
        this.#gone = true;
        if (outcome === 'closed' && fstatSync(this.#target).isFIFO()) this.#onReaderGone();
        return;
      }
    }
  }

  #write(at: number, length: number): Promise<number | 'full' | 'closed' | 'gone'> {
    return new Promise((resolve) => {
      write(this.#target, this.#piece, at, length, null, (error, written) => {
        const code = error === null ? undefined : systemCodeOf(error);
        if (error === null) resolve(written);
        else resolve(code === 'EAGAIN' ? 'full' : code === 'EPIPE' ? 'closed' : 'gone');
      });
    });
  }
}
