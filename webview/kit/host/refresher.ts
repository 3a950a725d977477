// Live data without a queue: at most one load in flight, one more remembered, and a rest between them.

/** Runs `load` when asked; asks during a load become one further load after it. */
export class Refresher {
  readonly #load: (signal: AbortSignal) => Promise<void>;
  readonly #rest: number;
  readonly #end = new AbortController();
  #busy = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `rest` is the least time in milliseconds between two loads; a slow load rests as long as it took. */
  constructor(load: (signal: AbortSignal) => Promise<void>, rest: number) {
    this.#load = load;
    this.#rest = rest;
  }

  /** Asks for a load, soon. */
  ask(): void {
    if (this.#end.signal.aborted) return;
    if (this.#busy) this.#again = true;
    else void this.#run();
  }

  /** Aborts what is in flight; later asks do nothing. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    const began = performance.now();
    try {
      await this.#load(this.#end.signal);
    } finally {
      // A load that fails tells so itself; the next one must not wait for ever.
      const took = performance.now() - began;
      this.#timer = setTimeout(() => this.#rested(), Math.max(took, this.#rest - took));
    }
  }

  #rested(): void {
    this.#busy = false;
    if (!this.#again) return;
    this.#again = false;
    this.ask();
  }
}
