// What came of long work on models, kept with the workspace: a page that was closed, or a window that was reloaded, shows it again.
import { statSync } from 'node:fs';
import type { Memento } from 'vscode';

const mostKept = 30;

/** One kind of results, by the path of the model. */
export class ModelMemory<Kept extends object> {
  readonly #memory: Memento;
  readonly #key: string;

  constructor(memory: Memento, kind: string) {
    this.#memory = memory;
    this.#key = `slipway.model.${kind}`;
  }

  /** Undefined where nothing came of the model yet. */
  of(path: string): Kept | undefined {
    return this.#all.find(([name]) => name === path)?.[1];
  }

  keep(path: string, kept: Kept): void {
    const others = this.#all.filter(([name]) => name !== path);
    void this.#memory.update(this.#key, [...others, [path, kept]].slice(-mostKept));
  }

  get #all(): [string, Kept][] {
    return this.#memory.get<[string, Kept][]>(this.#key, []);
  }
}

/** Another one after the file was written; '' for one that is gone. */
export function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size}`;
}
