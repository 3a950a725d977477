// Which datasets are open in the view, kept over reloads: VS Code forgets it while the engine is still on its way.
import type { Memento } from 'vscode';
import type { DatasetsNode } from './dataset-node';

const key = 'slipway.openDatasets';
const most = 200;

/** Remembers the open rows of one workspace. */
export class OpenRows {
  readonly #memory: Memento;
  readonly #open: Set<string>;

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#open = new Set(memory.get<string[]>(key, []));
  }

  has(node: DatasetsNode): boolean {
    return node.kind === 'dataset' && this.#open.has(keyOf(node));
  }

  keep(node: DatasetsNode, isOpen: boolean): void {
    if (node.kind !== 'dataset') return;
    if (isOpen) this.#open.add(keyOf(node));
    else this.#open.delete(keyOf(node));
    void this.#memory.update(key, [...this.#open].slice(-most));
  }
}

function keyOf({ session, dataset }: Extract<DatasetsNode, { kind: 'dataset' }>): string {
  return `${session.folder.uri}#${dataset.name}`;
}
