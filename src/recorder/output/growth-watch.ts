// Tells when files have grown and, as far as the system says, in which order they were written to.
import { type FSWatcher, watch } from 'node:fs';
import type { Disposable } from '../../base/disposable';

const lookEvery = 250;

/** Watches a few files. Each batch names the files written to, in order; an empty one only says "look". */
export class GrowthWatch<Name extends string> implements Disposable {
  readonly #watchers: FSWatcher[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #onBatch: (turns: Name[]) => void;
  #turns: Name[] = [];
  #scheduled = false;
  #ended = false;

  constructor(files: Record<Name, string>, onBatch: (turns: Name[]) => void) {
    this.#onBatch = onBatch;
    for (const [name, path] of Object.entries(files) as [Name, string][]) this.#watch(name, path);
    // Not every file system sends notices, and their number is limited: a slow look never fails.
    this.#timer = setInterval(() => this.#schedule(), lookEvery);
    this.#timer.unref();
  }

  /** Delivers what the system still holds back, then ends. */
  async finish(): Promise<void> {
    // Two rounds of the loop: notices that lie ready are read in the first.
    for (let round = 0; round < 2; round++) await new Promise((resolve) => setImmediate(resolve));
    this.#deliver();
    this.dispose();
  }

  dispose(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  #watch(name: Name, path: string): void {
    try {
      const watcher = watch(path, { persistent: false }, () => {
        // A run of writes to one file is one turn: the system merges its notices the same way.
        if (this.#turns.at(-1) !== name) this.#turns.push(name);
        this.#schedule();
      });
      watcher.on('error', () => watcher.close());
      this.#watchers.push(watcher);
    } catch {
      // No notices here; the timer looks.
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    this.#scheduled = false;
    // A notice may come while the watch ends; whoever ended it has closed the files.
    if (this.#ended) return;
    this.#onBatch(this.#turns.splice(0));
  }
}
