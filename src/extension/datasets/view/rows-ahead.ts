// The rows of a tree, read before they are drawn. Told to draw a tree again, VS Code (1.139) forgets its rows until it has
// been given them anew, and a command that is chosen in the menu of a row meanwhile is told of no row at all.

/** `read` gives undefined where rows cannot be had now; `look` is all that is seen of a row; `isOpen`: those below it are shown. */
interface RowsAheadOptions<T> {
  read: (of: T | undefined) => Promise<T[] | undefined>;
  isOpen: (row: T) => boolean;
  look: (row: T) => string;
}

/** The rows below one row, and how they looked when they were drawn. */
interface KnownRows<T> {
  rows: readonly T[];
  look: string;
}

/** Keeps the rows of one tree; a row is the same object each time it is read. */
export class RowsAhead<T> {
  readonly #options: RowsAheadOptions<T>;
  /** By the row above them, undefined for the first ones: what VS Code has been given, or is about to ask for. */
  #known = new Map<T | undefined, KnownRows<T>>();

  constructor(options: RowsAheadOptions<T>) {
    this.#options = options;
  }

  /** The rows below `of`, read when they are not known yet. */
  async below(of: T | undefined): Promise<T[]> {
    const known = this.#known.get(of) ?? (await this.#read(of));
    this.#known.set(of, known);
    return [...known.rows];
  }

  /** What is shown below `of` now. */
  shown(of: T | undefined): readonly T[] {
    return this.#known.get(of)?.rows ?? [];
  }

  /** Reads what has been drawn again. True when it looks different now: then the tree is to be drawn anew. */
  async renew(): Promise<boolean> {
    const found = new Map<T | undefined, KnownRows<T>>();
    await this.#readInto(found, undefined);
    if ([...found].every(([of, { look }]) => this.#known.get(of)?.look === look)) return false;
    this.#known = found;
    return true;
  }

  /** Nothing is known any more; the next one to ask has it read. */
  forget(): void {
    this.#known.clear();
  }

  async #readInto(found: Map<T | undefined, KnownRows<T>>, of: T | undefined): Promise<void> {
    const known = await this.#read(of);
    found.set(of, known);
    // Rows that were closed again are shown as they were when the row above them is opened.
    const shown = known.rows.filter((row) => this.#options.isOpen(row) || this.#known.has(row));
    await Promise.all(shown.map((row) => this.#readInto(found, row)));
  }

  async #read(of: T | undefined): Promise<KnownRows<T>> {
    // What cannot be had is not gone.
    const rows = (await this.#options.read(of)) ?? this.shown(of);
    return { rows, look: rows.map(this.#options.look).join('\n') };
  }
}
