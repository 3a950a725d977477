// Everything that changes is announced here once; surfaces decide who hears it.
import type { Disposable } from '../base/disposable';
import type { EngineEvent } from '../protocol/event';

/** Gathers what changed and tells it after a short pause, so that a thousand writes are one "look again". */
export class WorkspaceEvents implements Disposable {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #runs = new Set<string>();
  readonly #pause: number;
  #experiments = false;
  #everyRun = false;
  #timer: NodeJS.Timeout | undefined;

  /** `pause` is the time in milliseconds over which changes are gathered. */
  constructor(pause = 100) {
    this.#pause = pause;
  }

  /** Says that a run's own fields, params, tags, metrics, artifacts or output changed. */
  runChanged(runId: string): void {
    this.#runs.add(runId);
    this.#schedule();
  }

  /** Says that what all runs look like may have changed, as when slipway.yaml was written. */
  everyRunChanged(): void {
    this.#everyRun = true;
    this.#schedule();
  }

  /** Says that experiments were created, renamed, deleted or restored. */
  experimentsChanged(): void {
    this.#experiments = true;
    this.#schedule();
  }

  /** Calls `listener` for every event until the returned handle is disposed of. */
  listen(listener: (event: EngineEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    clearTimeout(this.#timer);
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
    this.#experiments = false;
    this.#everyRun = false;
    this.#runs.clear();
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }
}
