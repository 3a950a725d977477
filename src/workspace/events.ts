// Everything that changes is announced here once; surfaces decide who hears it.
import type { Disposable } from '../base/disposable';
import type { EngineEvent } from '../protocol/event';

/** Gathers what changed and tells it after a short pause, so that a thousand writes are one "look again". */
export class WorkspaceEvents implements Disposable {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #watchers = new Set<(runId: string | null) => void>();
  readonly #runs = new Set<string>();
  readonly #datasets = new Set<string>();
  readonly #models = new Set<string>();
  readonly #pause: number;
  #experiments = false;
  #everyRun = false;
  #everyModel = false;
  #timer: NodeJS.Timeout | undefined;

  /** `pause` is the time in milliseconds over which changes are gathered. */
  constructor(pause = 100) {
    this.#pause = pause;
  }

  /** Says that a run's own fields, params, tags, metrics, artifacts or output changed. */
  runChanged(runId: string): void {
    for (const watcher of this.#watchers) watcher(runId);
    this.#runs.add(runId);
    this.#schedule();
  }

  /** Says that what all runs look like may have changed, as when slipway.yaml was written. */
  everyRunChanged(): void {
    for (const watcher of this.#watchers) watcher(null);
    this.#everyRun = true;
    this.#schedule();
  }

  /** Says that experiments were created, renamed, deleted or restored. */
  experimentsChanged(): void {
    for (const watcher of this.#watchers) watcher(null);
    this.#experiments = true;
    this.#schedule();
  }

  /** Says that a dataset, its versions, their labels or what is known of them changed. */
  datasetChanged(name: string): void {
    this.#datasets.add(name);
    this.#schedule();
  }

  /** Says that a registered model, its versions or what was decided over them changed. */
  modelChanged(name: string): void {
    this.#models.add(name);
    this.#schedule();
  }

  /** Says that what counts for all registered models may have changed, as when slipway.yaml was written. */
  everyModelChanged(): void {
    this.#everyModel = true;
    this.#schedule();
  }

  /** Calls `listener` for every event until the returned handle is disposed of. */
  listen(listener: (event: EngineEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /**
   * Calls `watcher` with a run's id in the very moment it changes, with null when any run may have. For what is kept in
   * memory and must never be older than the database; everybody else listens.
   */
  watchRuns(watcher: (runId: string | null) => void): Disposable {
    this.#watchers.add(watcher);
    return { dispose: () => this.#watchers.delete(watcher) };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
    this.#listeners.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, this.#pause);
    this.#timer.unref();
  }

  #tell(): void {
    const events: EngineEvent[] = [];
    if (this.#experiments) events.push({ type: 'experiments' });
    const isMany = this.#everyRun || this.#runs.size > 200;
    if (isMany || this.#runs.size > 0) events.push({ type: 'runs', runIds: isMany ? [] : [...this.#runs] });
    if (this.#datasets.size > 0) events.push({ type: 'datasets', names: [...this.#datasets] });
    if (this.#everyModel || this.#models.size > 0) {
      events.push({ type: 'models', names: this.#everyModel ? [] : [...this.#models] });
    }
    this.#models.clear();
    this.#everyModel = false;
    this.#datasets.clear();
    this.#experiments = false;
    this.#everyRun = false;
    this.#runs.clear();
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }
}
