// Line ends of a text of comma-separated values, all made the same: DuckDB refuses a file that mixes them.

/** Takes a text piece by piece. Line ends within quotes are part of a value and stay. */
export class LineEnds {
  readonly #delimiter: string;
  readonly #kinds = new Set<string>();
  #isQuoted = false;
  #isValueStart = true;
  #heldReturn = '';

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Whether lines ended in more than one way so far. */
  get areMixed(): boolean {
    return this.#kinds.size > 1;
  }

  /** The piece with `\n` after each row; a return at its end waits for the next piece. */
  take(piece: string): string {
    let made = '';
    const text = this.#heldReturn + piece;
    this.#heldReturn = '';
    let copied = 0;
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at] as string;
      if (this.#isQuoted || (char !== '\n' && char !== '\r')) {
        this.#inValue(char);
        continue;
      }
      if (char === '\r' && at === text.length - 1) {
        this.#heldReturn = char;
        return made + text.slice(copied, at);
      }
      const end = char === '\r' && text[at + 1] === '\n' ? '\r\n' : char;
      this.#kinds.add(end);
      this.#isValueStart = true;
      made += `${text.slice(copied, at)}\n`;
      at += end.length - 1;
      copied = at + 1;
    }
    return made + text.slice(copied);
  }

  /** What was held back, once there is no more. */
  end(): string {
    if (this.#heldReturn === '') return '';
    this.#kinds.add(this.#heldReturn);
    return '\n';
  }

  #inValue(char: string): void {
    // A doubled quote closes and opens again, which comes to the same.
    if (char === '"' && (this.#isQuoted || this.#isValueStart)) this.#isQuoted = !this.#isQuoted;
    this.#isValueStart = char === '"' || (!this.#isQuoted && char === this.#delimiter);
  }
}
