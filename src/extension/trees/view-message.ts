// The one line above the rows: what is wrong for as long as it is, else what has just been done, for ten seconds.
import type { TreeView } from 'vscode';
import type { Disposable } from '../../base/disposable';

const passingTime = 10_000;

/** Keeps that line of a tree view. */
export class ViewMessage<T> implements Disposable {
  readonly #tree: TreeView<T>;
  #lasting = '';
  #passing = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(tree: TreeView<T>) {
    this.#tree = tree;
  }

  /** Says what is wrong, until it is called with nothing. */
  stay(text: string | undefined): void {
    this.#lasting = text ?? '';
    this.#show();
  }

  /** Says what has just been done, for a while or until the next. */
  pass(text: string): void {
    clearTimeout(this.#timer);
    this.#passing = text;
    this.#timer = setTimeout(() => {
      this.#passing = '';
      this.#show();
    }, passingTime);
    this.#show();
  }

  /** Says no more of what was done: something else has come since. */
  hush(): void {
    clearTimeout(this.#timer);
    this.#passing = '';
    this.#show();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #show(): void {
    const text = this.#passing || this.#lasting;
    if ((this.#tree.message ?? '') !== text) this.#tree.message = text;
  }
}
