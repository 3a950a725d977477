// "Look again" events come in bursts; what they cause runs once at a time and never goes missing.
import type { Disposable } from '../base/disposable';

/** Runs `work` when asked: at most one in flight, one more remembered, and `rest` milliseconds between two. */
export class Throttle implements Disposable {
  readonly #work: () => Promise<void>;
  readonly #rest: number;
  #busy = false;
  #again = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: () => Promise<void>, rest: number) {
    this.#work = work;
    this.#rest = rest;
  }

  /** Asks for a run, soon. Nobody hears a failure here, so `work` tells of its own. */
  ask(): void {
    if (this.#ended) return;
    if (this.#busy) this.#again = true;
    else void this.#run();
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      await this.#work();
    } finally {
      this.#timer = setTimeout(() => this.#rested(), this.#rest);
    }
  }

  #rested(): void {
    this.#busy = false;
    if (!this.#again) return;
    this.#again = false;
    this.ask();
  }
}
