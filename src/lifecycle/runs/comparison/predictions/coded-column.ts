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

  /** The text of a row. */
  at(row: number): string | undefined {
    return this.values[this.codes[row] ?? -1];
  }
}
