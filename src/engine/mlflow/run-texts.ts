// Runs as clients read them, kept as text until they change: a page of runs that is asked for again costs its search alone.
import type { RunRecord } from '../../lifecycle/runs/run-record';
import type { RunData } from '../../lifecycle/runs/store/run-data';
import type { WorkspaceEvents } from '../../workspace/events';
import { runText } from './wire/run-json';

/** In characters: of all texts together, and of one that is worth keeping. */
const most = { together: 4_000_000, each: 50_000 };

/** The texts of the runs that were asked for lately. Only for the thread that every change of a run is made on. */
export class RunTexts {
  readonly #texts = new Map<string, string>();
  #characters = 0;

  /** `events` says of every change in the moment it is made. */
  constructor(events: WorkspaceEvents) {
    events.watchRuns((runId) => {
      if (runId === null) this.#clear();
      else this.#drop(runId);
    });
  }

  /** The texts of these runs in their order; `read` brings the data of those that are not kept. */
  of(records: readonly RunRecord[], read: (records: readonly RunRecord[]) => RunData[]): string[] {
    const missing = records.filter(({ runId }) => !this.#texts.has(runId));
    const made = new Map(read(missing).map((data) => [data.record.runId, runText(data)]));
    const texts = records.map(({ runId }) => made.get(runId) ?? this.#texts.get(runId) ?? '');
    records.forEach(({ runId }, index) => {
      this.#keep(runId, texts[index] ?? '');
    });
    return texts;
  }

  /** Behind all others: the ones in front are the first to go. */
  #keep(runId: string, text: string): void {
    this.#drop(runId);
    if (text.length > most.each) return;
    this.#texts.set(runId, text);
    this.#characters += text.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#characters <= most.together) return;
      this.#drop(oldest);
    }
  }

  #drop(runId: string): void {
    const text = this.#texts.get(runId);
    if (text === undefined) return;
    this.#texts.delete(runId);
    this.#characters -= text.length;
  }

  #clear(): void {
    this.#texts.clear();
    this.#characters = 0;
  }
}
