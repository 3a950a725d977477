// Runs what is due, one after the other. It looks at the time again and again instead of waiting for one moment: machines
// sleep, and clocks are set.
import type { Disposable } from '../../base/disposable';
import { messageOf, SlipwayError } from '../../base/errors';
import type { DatasetSchedules, FetchEnd, LiveSchedule } from '../../lifecycle/datasets/schedule/dataset-schedules';
import type { RefreshResult } from '../../protocol/datasets/dataset-api';

/** `fetch` reads a dataset as a user would, if it is still what was enabled; `write` runs a write in its turn. */
export interface ScheduleClockOptions {
  schedules: DatasetSchedules;
  fetch: (dataset: LiveSchedule, signal: AbortSignal) => Promise<RefreshResult>;
  write: (act: () => void) => Promise<void> | void;
  changed: (dataset: string) => void;
  onFailure: (error: unknown) => void;
  now: () => number;
}

/** Milliseconds between two looks. */
const lookEvery = 5000;
/** What a start may take before it is asked for more. */
const firstLook = 1500;
const longestFetch = 3_600_000;
const mostNamed = 5;

/** Lives as long as the engine. */
export class ScheduleClock implements Disposable {
  readonly #options: ScheduleClockOptions;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: string | undefined;
  #inert = new Set<string>();

  constructor(options: ScheduleClockOptions) {
    this.#options = options;
  }

  get schedules(): DatasetSchedules {
    return this.#options.schedules;
  }

  /** Begins to look. */
  start(): void {
    this.#timer = setTimeout(() => void this.#look(), firstLook);
  }

  isRunning(dataset: string): boolean {
    return this.#running === dataset;
  }

  /** Why the engine must stay, a sentence or none. */
  reasons(): string[] {
    const live = this.#options.schedules.live();
    if (live.length === 0) return [];
    const names = live.slice(0, mostNamed).map(({ name, text }) => `${name} (${text.trim()})`);
    const more = live.length > mostNamed ? ` and ${live.length - mostNamed} more` : '';
    return [`${live.length === 1 ? 'A schedule is' : 'Schedules are'} enabled: ${names.join(', ')}${more}.`];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#ending.abort();
  }

  async #look(): Promise<void> {
    try {
      this.#tellInert();
      for (const { name } of this.#due()) {
        if (this.#ending.signal.aborted) return;
        // One that was switched off while another was fetched is not fetched any more.
        const due = this.#due().find((each) => each.name === name);
        if (due !== undefined) await this.#run(due);
      }
    } catch (error) {
      this.#options.onFailure(error);
    } finally {
      if (!this.#ending.signal.aborted) this.#timer = setTimeout(() => void this.#look(), lookEvery);
    }
  }

  #due(): LiveSchedule[] {
    const { schedules, now } = this.#options;
    return schedules.live().filter(({ next }) => next !== null && next <= now());
  }

  async #run(due: LiveSchedule): Promise<void> {
    const { name } = due;
    const { schedules, fetch, write, changed } = this.#options;
    this.#running = name;
    changed(name);
    const deadline = AbortSignal.timeout(longestFetch);
    let end: FetchEnd;
    try {
      const { isNew, version } = await fetch(due, AbortSignal.any([deadline, this.#ending.signal]));
      end = { outcome: isNew ? 'fetched' : 'unchanged', message: version.id };
    } catch (error) {
      // An engine that ends fetches it after its next start.
      if (this.#ending.signal.aborted) return;
      const outcome = SlipwayError.is(error, 'conflict') ? 'refused' : 'failed';
      const late = 'It took longer than an hour and was ended.';
      end = { outcome, message: deadline.aborted ? late : messageOf(error) };
    } finally {
      this.#running = undefined;
    }
    await write(() => schedules.end(due, end));
  }

  /** slipway.yaml is changed by hand: whoever looks at a schedule that does not run any more is told. */
  #tellInert(): void {
    const { schedules, changed } = this.#options;
    const inert = new Set(schedules.changed());
    for (const name of [...inert, ...this.#inert]) if (inert.has(name) !== this.#inert.has(name)) changed(name);
    this.#inert = inert;
  }
}
