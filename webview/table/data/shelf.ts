// What has been fetched for the rows in sight, and a little around them: the page never holds all cells.

import { type Settling, stillExpected } from '../../../src/protocol/runs/changes/expected-changes';

/** How a shelf is filled. `load` answers the values of some keys; a key without one is gone. */
export interface ShelfOptions<T> {
  load: (keys: string[], signal: AbortSignal) => Promise<Map<string, T>>;
  /** So many keys are asked for at once. */
  batch: number;
  /** So many values are kept; those wanted longest ago go first. */
  most: number;
}

/** A change of a value that nobody has confirmed yet. Without its type, so that any shelf may be taken for one of unknowns. */
interface Patch extends Settling {
  apply: (value: unknown) => unknown;
}

/** Values by key. Stale ones stay in sight until the fresh ones are there. */
export class Shelf<T> {
  readonly #options: ShelfOptions<T>;
  readonly #values = new Map<string, T | null>();
  readonly #stale = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #patches: Map<string, readonly Patch[]>;
  readonly #listeners = new Set<() => void>();
  readonly #end = new AbortController();
  #wanted: readonly string[] = [];
  #version = 0;
  #error: Error | undefined;

  /** `before`: what it holds is shown until this one has its own. */
  constructor(options: ShelfOptions<T>, before?: Shelf<T>) {
    this.#options = options;
    this.#patches = before === undefined ? new Map() : before.#patches;
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

  /** Takes in values that came another way, and were asked for at `asked` (milliseconds of `performance.now()`). */
  learn(values: ReadonlyMap<string, T>, asked: number): void {
    for (const [key, value] of values) {
      this.#put(key, value, asked);
      this.#stale.delete(key);
    }
    this.#shed();
  }

  /** Shows a change of some values before anybody has confirmed it; answers that may be older do not undo it. */
  patch(keys: readonly string[], change: (key: string, value: T) => T): { settle(): void; revert(): void } {
    const patches = keys.map((key) => {
      const patch: Patch = { apply: (value) => change(key, value as T), settled: Number.POSITIVE_INFINITY };
      this.#patches.set(key, [...(this.#patches.get(key) ?? []), patch]);
      const value = this.#values.get(key);
      if (value !== undefined && value !== null) this.#values.set(key, patch.apply(value) as T);
      return patch;
    });
    this.#tell();
    return {
      settle: () => {
        for (const patch of patches) patch.settled = performance.now();
      },
      revert: () => {
        for (const [at, key] of keys.entries()) {
          this.#keepPatches(
            key,
            (this.#patches.get(key) ?? []).filter((each) => each !== patches[at]),
          );
        }
        this.refresh(keys);
      },
    };
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
    const asked = performance.now();
    try {
      const loaded = await this.#options.load(keys, this.#end.signal);
      this.#error = undefined;
      for (const key of keys) this.#put(key, loaded.get(key) ?? null, asked);
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

  #put(key: string, value: T | null, asked: number): void {
    const patches = stillExpected(this.#patches.get(key) ?? [], asked);
    this.#keepPatches(key, patches);
    this.#values.delete(key);
    this.#values.set(key, value === null ? null : patches.reduce<T>((next, patch) => patch.apply(next) as T, value));
  }

  #keepPatches(key: string, patches: readonly Patch[]): void {
    if (patches.length > 0) this.#patches.set(key, patches);
    else this.#patches.delete(key);
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
