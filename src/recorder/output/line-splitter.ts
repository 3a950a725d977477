// Cuts a stream of bytes into lines without ever cutting a character, and without keeping a line that is too long.

const newline = 10;

/** `limit`: longest line in bytes. `needle`: a byte that a line must hold to be of interest. */
export interface LineInterest {
  limit: number;
  needle: number;
}

/**
 * Feeds the whole lines of interest, as text without their end, to a listener. The others are passed over by one search
 * for the needle: a command may print a gigabyte a second.
 */
export class LineSplitter {
  readonly #interest: LineInterest;
  readonly #onLine: (line: string) => void;
  #held: Buffer[] = [];
  #heldSize = 0;

  constructor(interest: LineInterest, onLine: (line: string) => void) {
    this.#interest = interest;
    this.#onLine = onLine;
  }

  /** The next bytes; `piece` may be reused by the caller afterwards. */
  feed(piece: Buffer): void {
    let start = 0;
    if (this.#heldSize > 0) {
      const end = piece.indexOf(newline);
      if (end === -1) {
        this.#hold(piece);
        return;
      }
      this.#end(piece.subarray(0, end));
      start = end + 1;
    }
    this.#hold(piece.subarray(this.#passLines(piece, start)));
  }

  /** No more bytes will come: what is held is the last line. */
  finish(): void {
    if (this.#heldSize > 0) this.#end(Buffer.alloc(0));
  }

  /** Tells of each whole line from `start` on that holds the needle. Returns where the last, unfinished one begins. */
  #passLines(piece: Buffer, start: number): number {
    let from = start;
    for (;;) {
      const found = piece.indexOf(this.#interest.needle, from);
      if (found === -1) return Math.max(from, piece.lastIndexOf(newline) + 1);
      const begin = Math.max(from, piece.lastIndexOf(newline, found) + 1);
      const end = piece.indexOf(newline, found);
      if (end === -1) return begin;
      this.#end(piece.subarray(begin, end));
      from = end + 1;
    }
  }

  #end(rest: Buffer): void {
    const size = this.#heldSize + rest.length;
    if (size <= this.#interest.limit) {
      const line = this.#heldSize === 0 ? rest : Buffer.concat([...this.#held, rest]);
      if (line.includes(this.#interest.needle)) this.#onLine(line.toString('utf8'));
    }
    this.#held = [];
    this.#heldSize = 0;
  }

  #hold(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#heldSize += rest.length;
    if (this.#heldSize > this.#interest.limit) this.#held = [];
    else this.#held.push(Buffer.from(rest));
  }
}
