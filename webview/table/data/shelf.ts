// What has been fetched for the rows in sight, and a little around them: the page never holds all cells.

/** How a shelf is filled. `load` answers the values of some keys; a key without one is gone. */
export interface ShelfOptions<T> {
  load: (keys: string[], signal: AbortSignal) => Promise<Map<string, T>>;
  /** So many keys are asked for at once. */
  batch: number;
  /** So many values are kept; those wanted longest ago go first. */
  most: number;
}

/** Values by key. Stale ones stay in sight until the fresh ones are there. */
export class Shelf<T> {
  readonly #options: ShelfOptions<T>;
  readonly #values = new Map<string, T | null>();
  readonly #stale = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #end = new AbortController();
  #wanted: readonly string[] = [];
  #version = 0;
  #error: Error | undefined;

  /** `before`: what it holds is shown until this one has its own. */
  constructor(options: ShelfOptions<T>, before?: Shelf<T>) {
    this.#options = options;
    if (before === undefined) return;
    for (const [key, value] of before.#values) {
      this.#values.set(key, value);
      this.#stale.add(key);
    }
  }

  /** Undefined while it is not known, null for what is gone. */
  get(key: string): T | null | undefined {
    return this.#values.get(key);
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** What went wrong when it was last filled. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Asks for what is not there yet, the first keys first. */
  want(keys: readonly string[]): void {
    this.#wanted = keys;
    this.#fill();
  }

  /** Fetches these anew where they are wanted, all of them for null. */
  refresh(keys: readonly string[] | null): void {
    for (const key of keys ?? this.#values.keys()) if (this.#values.has(key)) this.#stale.add(key);
    this.#fill();
  }

  /** Takes in values that came another way. */
  learn(values: ReadonlyMap<string, T>): void {
    for (const [key, value] of values) {
      this.#values.delete(key);
      this.#values.set(key, value);
      this.#stale.delete(key);
    }
    this.#shed();
  }

  /** Shows a change before anybody has confirmed it. */
  patch(key: string, change: (value: T) => T): void {
    const value = this.#values.get(key);
    if (value === undefined || value === null) return;
    this.#values.set(key, change(value));
    this.#tell();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#end.abort();
    this.#listeners.clear();
  }

  #fill(): void {
    // One question at a time, so that the rows last scrolled to are always the next.
    if (this.#asked.size > 0 || this.#end.signal.aborted) return;
    const isMissing = (key: string): boolean => !this.#values.has(key) || this.#stale.has(key);
    const missing = this.#wanted.filter(isMissing).slice(0, this.#options.batch);
    if (missing.length === 0) return;
    for (const key of missing) {
      this.#asked.add(key);
      this.#stale.delete(key);
    }
    void this.#load(missing);
  }

  async #load(keys: string[]): Promise<void> {
    try {
      const loaded = await this.#options.load(keys, this.#end.signal);
      this.#error = undefined;
      for (const key of keys) {
        this.#values.delete(key);
        this.#values.set(key, loaded.get(key) ?? null);
      }
      this.#shed();
      this.#asked.clear();
      this.#tell();
      this.#fill();
    } catch (error) {
      this.#asked.clear();
      if (this.#end.signal.aborted) return;
      // Asked again when something changes, the engine is back or the rows move.
      for (const key of keys) if (this.#values.has(key)) this.#stale.add(key);
      this.#error = error as Error;
      this.#tell();
    }
  }

  #shed(): void {
    const wanted = new Set(this.#wanted);
    for (const key of this.#values.keys()) {
      if (this.#values.size <= this.#options.most) return;
      if (!wanted.has(key)) this.#values.delete(key);
    }
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
