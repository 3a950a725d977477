// What the rows of the Runs tree say now. Drawing a row anew replaces its buttons, and a click begun on the old button
// goes to the row instead: so only rows that would say something else are drawn again.
import { type TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { RunsNode } from './run-node';

/** Remembers, per node, the words that were last handed to VS Code and the rows below it. */
export class DrawnRows {
  readonly #words = new WeakMap<RunsNode, string>();
  readonly #names = new WeakMap<RunsNode, string>();
  readonly #below = new WeakMap<RunsNode, string>();

  /** Notes that a row is drawn from `item`. */
  drawn(node: RunsNode, item: TreeItem): void {
    this.#words.set(node, wordsOf(node, item));
    this.#names.set(node, nameOf(node, item));
  }

  /** Notes which rows stand below a node, in their order. */
  listed(node: RunsNode, children: readonly RunsNode[]): void {
    this.#below.set(node, listOf(children));
  }

  /** True when `item` says something other than the row does, or the row was never drawn. */
  isOutdated(node: RunsNode, item: TreeItem): boolean {
    return this.#words.get(node) !== wordsOf(node, item);
  }

  /** True when it would say something other than the time that passes and what was measured in it. */
  isRenamed(node: RunsNode, item: TreeItem): boolean {
    return this.#names.get(node) !== nameOf(node, item);
  }

  /** True when other rows belong below a node, or the same in another order. */
  isRearranged(node: RunsNode, children: readonly RunsNode[]): boolean {
    return this.#below.get(node) !== listOf(children);
  }
}

function wordsOf(node: RunsNode, item: TreeItem): string {
  return JSON.stringify([item.description, nameOf(node, item)]);
}

/** Tags and note are seen in the tooltip. */
function nameOf(node: RunsNode, item: TreeItem): string {
  return JSON.stringify([
    item.label,
    item.contextValue,
    // Whether it is open is the user's own doing.
    item.collapsibleState === TreeItemCollapsibleState.None,
    ...(node.kind === 'run' ? [node.run.note, node.run.tagPreview] : []),
  ]);
}

function listOf(children: readonly RunsNode[]): string {
  return children.map(keyOf).join();
}

function keyOf(child: RunsNode): string {
  switch (child.kind) {
    case 'run':
      return child.run.runId;
    case 'experiment':
      return `experiment ${child.experiment.experimentId}`;
    case 'more':
      return `more ${child.key} ${child.left}`;
    case 'trash':
    case 'folder':
      return child.kind;
  }
}
