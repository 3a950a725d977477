// Context keys decide what menus and welcome texts show; writing one costs a round trip, so no-op writes are skipped.
import { commands } from 'vscode';

/** One context key of the window, written only when its value changes. */
export class ContextKey<T extends string | boolean> {
  readonly #name: string;
  #value: T | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    void commands.executeCommand('setContext', this.#name, value);
  }
}
