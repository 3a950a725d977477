// What is said across the events of one run: its plugins, its parameters, where its training began again.
import type { KeyValue } from '../../batch';
import type { SourceReport } from '../source-report';
import { sourceTags } from '../source-tags';
import type { EventValue, TensorboardEvent } from './event';
import { readSession } from './hyperparameters';

/** What is known of a tag: its plugin, and the last step of the files before and of this one. */
interface Tag {
  plugin: string;
  before: number;
  now: number;
}

/** A training that went back: what it had logged from `from` on before `before` was logged again. */
interface Restart {
  from: number;
  /** Epoch milliseconds. */
  before: number;
}

const names: Readonly<Record<string, string>> = {
  histograms: 'histograms',
  images: 'images',
  audio: 'sounds',
  text: 'texts',
  pr_curves: 'precision-recall curves',
  mesh: 'meshes',
};

const taken = 'only scalars and hyperparameters are taken';

/** Hears all events of a run, in order. */
export class EventWords {
  readonly params: KeyValue[] = [];
  status: 'FINISHED' | 'FAILED' = 'FINISHED';
  /** Epoch milliseconds of the first and the last event. */
  first: number | undefined;
  last: number | undefined;
  readonly #report: SourceReport;
  readonly #tags = new Map<string, Tag>();
  readonly #restarts: Restart[] = [];

  constructor(report: SourceReport) {
    this.#report = report;
  }

  /** The events of another file follow: a step that is not behind all before is one logged again. */
  beginFile(): void {
    for (const tag of this.#tags.values()) tag.before = Math.max(tag.before, tag.now);
  }

  /** What people should know of the run. */
  get tags(): KeyValue[] {
    if (this.#restarts.length === 0) return [];
    return [{ key: sourceTags.superseded, value: JSON.stringify(this.#restarts) }];
  }

  /** Hears of the event itself. */
  event({ time, hasGraph }: TensorboardEvent): void {
    if (time > 0) {
      if (this.first === undefined || time < this.first) this.first = time;
      if (this.last === undefined || time > this.last) this.last = time;
    }
    if (hasGraph) this.#report.leave('graphs', taken);
  }

  /** The number of one of its values; undefined for anything else, which is noted. */
  scalar({ tag, scalar, kind, plugin }: EventValue, event: TensorboardEvent): number | undefined {
    let known = this.#tags.get(tag);
    if (known === undefined) {
      known = { plugin: '', before: Number.NEGATIVE_INFINITY, now: Number.NEGATIVE_INFINITY };
      this.#tags.set(tag, known);
    }
    if (plugin?.name) known.plugin = plugin.name;
    if (scalar !== undefined && (known.plugin === '' || known.plugin === 'scalars')) {
      this.#look(known, event);
      return scalar;
    }
    if (known.plugin !== 'hparams') {
      this.#report.leave(names[known.plugin] ?? (kind === 'nothing' ? 'empty values' : `${kind}s`), taken);
    } else if (plugin !== undefined) this.#hear(plugin.content);
    return undefined;
  }

  #hear(content: Buffer): void {
    const { params, status, ended } = readSession(content);
    this.params.push(...params);
    this.status = status ?? this.status;
    if (ended !== undefined && ended > 0) this.last = Math.max(this.last ?? 0, ended);
  }

  #look(known: Tag, { step, time }: TensorboardEvent): void {
    const at = Number(step);
    if (at <= known.before) {
      this.#restart({ from: at, before: time });
      known.before = Number.NEGATIVE_INFINITY;
    }
    if (at > known.now) known.now = at;
  }

  /** Series of one training go back at the same moment or a little later. */
  #restart({ from, before }: Restart): void {
    const last = this.#restarts.at(-1);
    if (last === undefined || from > last.from || before - last.before > 60_000) this.#restarts.push({ from, before });
    else last.from = Math.min(last.from, from);
  }
}
