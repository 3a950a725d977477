// The bytes of a pickle, one after the other.
import type { ByteSource } from '../wire/byte-source';
import { MalformedBytes } from '../wire/wire-reader';

const windowBytes = 64 * 1024;
const longestLine = 65_536;

/** A place in a file that only moves on. Throws MalformedBytes where the file ends. */
export class PickleBytes {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #from = 0;
  at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#source.size;
  }

  /** An unsigned number of 1 to 8 bytes, little-endian; beyond 2^53 it is the nearest double. */
  number(bytes: number): number {
    const read = this.#bytes(bytes);
    let value = 0;
    for (let index = bytes - 1; index >= 0; index -= 1) value = value * 256 + (read[index] as number);
    return value;
  }

  /** Latin-1 text up to the end of a line, which is taken too. */
  line(): string {
    let text = '';
    while (text.length <= longestLine) {
      const byte = this.number(1);
      if (byte === 10) return text;
      text += String.fromCharCode(byte);
    }
    throw new MalformedBytes('a line does not end', this.at);
  }

  /** UTF-8 text; only names are looked at, so what is long is stepped over. */
  text(length: number): string {
    if (length > longestLine) {
      this.skip(length);
      return '';
    }
    return Buffer.from(this.#bytes(length)).toString('utf8');
  }

  /** Steps over bytes. */
  skip(length: number): void {
    if (this.at + length > this.#source.size)
      throw new MalformedBytes('the file ends within a value that begins', this.at, true);
    this.at += length;
  }

  #bytes(length: number): Uint8Array {
    const { at } = this;
    this.skip(length);
    if (at < this.#from || at + length > this.#from + this.#window.length) {
      this.#from = at;
      this.#window = this.#source.read(at, Math.min(Math.max(windowBytes, length), this.#source.size - at));
    }
    return this.#window.subarray(at - this.#from, at - this.#from + length);
  }
}
