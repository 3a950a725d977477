// Which runs are selected in tables and looked at in comparisons, each with the number of its mark: a run has one mark
// in the whole window.
import { isDeepStrictEqual } from 'node:util';
import { EventEmitter } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { agreedMarks, type RunMarks } from '../../protocol/runs/run-marks';

/** The marks that the panels of the window give; run ids are unique over all folders. */
export class SelectedRuns implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #held = new Map<object, ReadonlyMap<string, number>>();
  /** Fires after a run got another mark, its first or none. */
  readonly onChanged = this.#changed.event;

  /** Takes over what a panel shows, and answers the marks to show it with: those that runs have in other panels already. */
  hold(panel: object, marks: Readonly<RunMarks>): RunMarks {
    const agreed = agreedMarks(marks, this.#elsewhere(panel));
    const [before, after] = [this.#held.get(panel) ?? new Map(), new Map(agreed)];
    if (isDeepStrictEqual(before, after)) return agreed;
    if (after.size === 0) this.#held.delete(panel);
    else this.#held.set(panel, after);
    this.#changed.fire();
    return agreed;
  }

  /** The panel is gone. */
  release(panel: object): void {
    if (this.#held.delete(panel)) this.#changed.fire();
  }

  /** The number of a run's mark; undefined when no panel shows it. */
  markOf(runId: string): number | undefined {
    for (const marks of this.#held.values()) {
      const mark = marks.get(runId);
      if (mark !== undefined) return mark;
    }
    return undefined;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #elsewhere(panel: object): Map<string, number> {
    return new Map([...this.#held].filter(([each]) => each !== panel).flatMap(([, marks]) => [...marks]));
  }
}
