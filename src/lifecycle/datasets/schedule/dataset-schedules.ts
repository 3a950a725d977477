// Which datasets are fetched by themselves: those whose schedule somebody on this machine enabled, exactly as it stands in
// slipway.yaml now. Everything else is inert.
import { SlipwayError } from '../../../base/errors';
import {
  type DatasetSchedule,
  type FetchOutcome,
  readSchedule,
  type Schedule,
} from '../../../protocol/datasets/schedule/schedule';
import type { KnownDataset } from '../known-datasets';
import type { DatasetsService } from '../service';
import { scheduleFingerprint } from '../sources/source-fingerprint';
import { dueAfter, nextFetch, timeAfter } from './fetch-times';
import { type ScheduleRow, ScheduleStore } from './store/schedule-store';

/** How a fetch by schedule ended. */
export interface FetchEnd {
  outcome: FetchOutcome;
  message: string;
}

/** A schedule that is on; `next` in epoch milliseconds, past for one that is due. */
export interface LiveSchedule {
  name: string;
  text: string;
  fingerprint: string;
  next: number | null;
}

const longestMessage = 1000;

/** The schedules of one workspace. What writes is in the caller's transaction. */
export class DatasetSchedules {
  readonly #datasets: Pick<DatasetsService, 'known' | 'consents' | 'context'>;
  readonly #store: ScheduleStore;

  constructor(datasets: Pick<DatasetsService, 'known' | 'consents' | 'context'>) {
    this.#datasets = datasets;
    this.#store = new ScheduleStore(datasets.context.database);
  }

  /** How a dataset's schedule stands; null for one without. `isRunning`: it is being fetched by schedule now. */
  stateOf({ name, definition }: Pick<KnownDataset, 'name' | 'definition'>, isRunning: boolean): DatasetSchedule | null {
    const fingerprint = scheduleFingerprint(name, definition);
    const text = definition.schedule;
    if (fingerprint === undefined || text === undefined) return null;
    const row = this.#store.find(name);
    const state = this.#state(row, fingerprint);
    const next = state === 'on' && row !== undefined ? this.#next(text, row) : null;
    return { text, fingerprint, state, next, isRunning, last: lastOf(row) };
  }

  /** Those that are on and in slipway.yaml, with when each is to be fetched next. */
  live(): LiveSchedule[] {
    return this.#store.all().flatMap((row) => {
      const known = this.#datasets.known.find(row.dataset);
      const text = known?.definition.schedule;
      if (known === undefined || !known.declared || text === undefined) return [];
      const fingerprint = scheduleFingerprint(known.name, known.definition);
      if (fingerprint === undefined || this.#state(row, fingerprint) !== 'on') return [];
      return [{ name: known.name, text, fingerprint, next: this.#next(text, row) }];
    });
  }

  /** The names of datasets that were enabled and are not on any more, because slipway.yaml says something else. */
  changed(): string[] {
    const live = new Set(this.live().map(({ name }) => name));
    return this.#store
      .all()
      .map(({ dataset }) => dataset)
      .filter((dataset) => !live.has(dataset));
  }

  /** Switches it on for what was seen. Throws SlipwayError as `scheduleDataset` of the API does. */
  enable(name: string, seen: string): void {
    const { known, consents, context } = this.#datasets;
    const { definition } = known.get(name);
    const fingerprint = this.#require(name);
    if (fingerprint !== seen) {
      const sentence = `The schedule of ${name} was not enabled: slipway.yaml says something else of it by now. Look at it again.`;
      throw new SlipwayError('conflict', sentence);
    }
    const now = context.now();
    const due = timeAfter(scheduleOf(definition.schedule ?? ''), now);
    if (due === null) {
      throw new SlipwayError('invalid', `The schedule of ${name}, ${definition.schedule}, never comes. Change it.`);
    }
    consents.give(name, fingerprint);
    const command = consents.commandOf(definition);
    if (command !== null) consents.give(name, command.fingerprint);
    const fresh = { endedTime: null, outcome: null, message: null, failures: 0, sinceTime: null };
    this.#store.put({ ...fresh, dataset: name, fingerprint, enabledTime: now, dueTime: due });
    context.events.datasetChanged(name);
  }

  /** Switches it off. Throws SlipwayError `invalid` for a dataset that is not scheduled. */
  disable(name: string): void {
    if (this.#store.find(name) === undefined) this.#require(name);
    this.#store.remove(name);
    this.#datasets.context.events.datasetChanged(name);
  }

  /** Keeps how a fetch ended, unless the schedule was switched off or enabled anew for something else meanwhile. */
  end({ name, text, fingerprint }: LiveSchedule, { outcome, message }: FetchEnd): void {
    const row = this.#store.find(name);
    if (row?.fingerprint !== fingerprint) return;
    const now = this.#datasets.context.now();
    const isWrong = outcome === 'failed' || outcome === 'refused';
    this.#store.put({
      ...row,
      dueTime: dueAfter(scheduleOf(text), row.dueTime, now),
      endedTime: now,
      outcome,
      message: message.slice(0, longestMessage),
      // What came and was refused is looked at again when the next one comes.
      failures: outcome === 'failed' ? row.failures + 1 : 0,
      sinceTime: isWrong ? (row.sinceTime ?? now) : null,
    });
    this.#datasets.context.events.datasetChanged(name);
  }

  #state(row: ScheduleRow | undefined, fingerprint: string): DatasetSchedule['state'] {
    if (row === undefined) return 'off';
    if (row.fingerprint !== fingerprint) return 'changed';
    return this.#datasets.consents.has(fingerprint) ? 'on' : 'off';
  }

  #next(text: string, { enabledTime, dueTime, endedTime, failures }: ScheduleRow): number | null {
    const times = { enabled: enabledTime, due: dueTime, ended: endedTime, failures };
    return nextFetch(scheduleOf(text), times, this.#datasets.context.now());
  }

  #require(name: string): string {
    const fingerprint = scheduleFingerprint(name, this.#datasets.known.get(name).definition);
    if (fingerprint !== undefined) return fingerprint;
    const sentence = `${name} has no schedule. Write one beside its source in slipway.yaml, such as schedule: daily 06:00.`;
    throw new SlipwayError('invalid', sentence);
  }
}

function scheduleOf(text: string): Schedule {
  const read = readSchedule(text);
  if (typeof read === 'string') throw new SlipwayError('invalid', `The schedule ${text} cannot be read: ${read}.`);
  return read;
}

function lastOf(row: ScheduleRow | undefined): DatasetSchedule['last'] {
  if (row === undefined || row.endedTime === null || row.outcome === null) return null;
  const { endedTime: time, outcome, message, failures, sinceTime: since } = row;
  return { time, outcome, message: message ?? '', failures, since };
}
