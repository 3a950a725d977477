// Whoever creates something that must end registers it here at once.

/** Something that can be ended exactly once. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables and ends them in reverse order; adding after the end disposes at once. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #ended = false;

  /** Registers each item and returns the first, so that a creation can be wrapped in place. */
  add<T extends Disposable>(item: T, ...more: Disposable[]): T {
    for (const each of [item, ...more]) {
      if (this.#ended) each.dispose();
      else this.#items.push(each);
    }
    return item;
  }

  /** Ends every item, also when one of them fails; the first failure is thrown in the end. */
  dispose(): void {
    this.#ended = true;
    const failures: unknown[] = [];
    for (const item of this.#items.splice(0).reverse()) {
      try {
        item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
