// Cuts a stream of bytes into lines without ever cutting a character, and without keeping a line that is too long.

const newline = 10;

/** Feeds whole lines, as text without their end, to a listener. Lines above the limit are dropped. */
export class LineSplitter {
  readonly #limit: number;
  readonly #onLine: (line: string) => void;
  #held: Buffer[] = [];
  #heldSize = 0;

  /** `limit` in bytes. */
  constructor(limit: number, onLine: (line: string) => void) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  /** The next bytes; `piece` may be reused by the caller afterwards. */
  feed(piece: Buffer): void {
    let start = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      this.#end(piece.subarray(start, end));
      start = end + 1;
    }
    this.#hold(piece.subarray(start));
  }

  /** No more bytes will come: what is held is the last line. */
  finish(): void {
    if (this.#heldSize > 0) this.#end(Buffer.alloc(0));
  }

  #end(rest: Buffer): void {
    const size = this.#heldSize + rest.length;
    if (size <= this.#limit) {
      const line = this.#heldSize === 0 ? rest : Buffer.concat([...this.#held, rest]);
      this.#onLine(line.toString('utf8'));
    }
    this.#held = [];
    this.#heldSize = 0;
  }

  #hold(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#heldSize += rest.length;
    if (this.#heldSize > this.#limit) this.#held = [];
    else this.#held.push(Buffer.from(rest));
  }
}
