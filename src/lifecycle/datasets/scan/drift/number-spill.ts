// The file in which numbers of columns wait that were parsed together and are judged one after the other.
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** There is no file until something is written. `close` is called in the end, and as often as one likes. */
export class NumberSpill {
  readonly #within: string;
  #open: { folder: string; file: number } | undefined;
  #bytes = 0;

  /** `within` is a folder that is made where it is missing. */
  constructor(within: string) {
    this.#within = within;
  }

  /** Returns the byte they now begin at. Throws as the file system does, of a full disk too. */
  write(numbers: Float64Array): number {
    this.#open ??= this.#opened();
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    const place = this.#bytes;
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#open.file, bytes, done, bytes.length - done, place + done);
    this.#bytes += bytes.length;
    return place;
  }

  /** Fills `into` from a place that `write` returned. */
  read(place: number, into: Float64Array): void {
    const file = this.#open?.file as number;
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(file, bytes, done, bytes.length - done, place + done);
      if (count === 0) throw new Error('A file of numbers is shorter than what was written into it.');
      done += count;
    }
  }

  /** Everything that was written is needed no more: its room is written again. */
  forget(): void {
    this.#bytes = 0;
  }

  close(): void {
    if (this.#open === undefined) return;
    closeSync(this.#open.file);
    rmSync(this.#open.folder, { recursive: true, force: true });
    this.#open = undefined;
  }

  #opened(): { folder: string; file: number } {
    mkdirSync(this.#within, { recursive: true });
    const folder = mkdtempSync(join(this.#within, 'numbers-'));
    return { folder, file: openSync(join(folder, 'columns'), 'wx+', 0o600) };
  }
}
