// A column of few different texts, each kept once.

/** Grows row by row; `codes` holds for each row the place of its text in `values`, −1 where it has none. */
export class CodedColumn {
  readonly codes: number[] = [];
  readonly values: string[] = [];
  readonly #places = new Map<string, number>();

  /** Adds a row. */
  add(text: string | null): void {
    if (text === null) {
      this.codes.push(-1);
      return;
    }
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.values.length;
      this.#places.set(text, place);
      this.values.push(text);
    }
    this.codes.push(place);
  }

  /** Empties the rows whose text is unwanted. */
  leaveOut(isUnwanted: (text: string) => boolean): void {
    if (!this.values.some(isUnwanted)) return;
    const texts = this.codes.map((code) => this.values[code] ?? null);
    for (const kept of [this.codes, this.values]) kept.length = 0;
    this.#places.clear();
    for (const text of texts) this.add(text === null || isUnwanted(text) ? null : text);
  }

  /** The text of a row. */
  at(row: number): string | undefined {
    return this.values[this.codes[row] ?? -1];
  }
}
