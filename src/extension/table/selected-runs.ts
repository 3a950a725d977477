// Which runs are selected in the tables of the window, each with the number of its mark, so that other views show it too.
import { EventEmitter } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';

/** The selection of every folder's table; run ids are unique over all of them. */
export class SelectedRuns implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #marks = new Map<string, ReadonlyMap<string, number>>();
  /** Fires after it became another. */
  readonly onChanged = this.#changed.event;

  /** Takes over what is selected in the table of a folder. */
  set(folder: string, marks: readonly (readonly [runId: string, mark: number])[]): void {
    const isEmpty = marks.length === 0 && !this.#marks.has(folder);
    if (isEmpty) return;
    if (marks.length === 0) this.#marks.delete(folder);
    else this.#marks.set(folder, new Map(marks));
    this.#changed.fire();
  }

  /** The number of a run's mark; undefined when it is not selected. */
  markOf(runId: string): number | undefined {
    for (const marks of this.#marks.values()) {
      const mark = marks.get(runId);
      if (mark !== undefined) return mark;
    }
    return undefined;
  }

  dispose(): void {
    this.#store.dispose();
  }
}
