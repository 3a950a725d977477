// Which rows of a tree are not as they begin, open or closed, kept over reloads: VS Code forgets it while the engine is still
// on its way.
import type { Memento } from 'vscode';

const most = 200;

/** Remembers such rows of one tree of one workspace, under `key` in its memory. */
export class OpenRows {
  readonly #memory: Memento;
  readonly #key: string;
  readonly #switched: Set<string>;

  constructor(memory: Memento, key: string) {
    this.#memory = memory;
    this.#key = key;
    this.#switched = new Set(memory.get<string[]>(key, []));
  }

  /** Whether the row with this id is open; `begins`: how it is as long as nobody touched it. */
  isOpen(id: string, begins = false): boolean {
    return this.#switched.has(id) !== begins;
  }

  /** The user opened or closed it. */
  keep(id: string, isOpen: boolean, begins = false): void {
    if (isOpen === begins) this.#switched.delete(id);
    else this.#switched.add(id);
    void this.#memory.update(this.#key, [...this.#switched].slice(-most));
  }
}
