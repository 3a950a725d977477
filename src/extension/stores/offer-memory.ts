// Which stores were offered in this workspace, and where nothing is to be offered any more.
import type { Memento, WorkspaceFolder } from 'vscode';
import type { SeenStore } from './seen-store';

const offeredKey = 'slipway.offeredStores';
const neverKey = 'slipway.noStoreOffers';
const mostKept = 200;

/** Kept with the workspace, so that a reload asks nothing again. */
export class OfferMemory {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Those that were not offered before; none of a folder that wants no offers. */
  notYet(folder: WorkspaceFolder, stores: readonly SeenStore[]): SeenStore[] {
    if (this.#list(neverKey).includes(folder.uri.toString())) return [];
    const offered = new Set(this.#list(offeredKey));
    return stores.filter(({ path }) => !offered.has(path));
  }

  remember(stores: readonly SeenStore[]): void {
    if (stores.length === 0) return;
    const all = new Set([...this.#list(offeredKey), ...stores.map(({ path }) => path)]);
    void this.#memory.update(offeredKey, [...all].slice(-mostKept));
  }

  /** Offers nothing of this folder from now on. */
  never(folder: WorkspaceFolder): void {
    void this.#memory.update(neverKey, [...new Set([...this.#list(neverKey), folder.uri.toString()])]);
  }

  #list(key: string): string[] {
    return this.#memory.get<string[]>(key, []);
  }
}
