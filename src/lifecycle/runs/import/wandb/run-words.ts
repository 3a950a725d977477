// What is said across the records of one run of W&B.
import type { KeyValue } from '../../batch';
import { flatLeaves, numberOf, paramText } from '../json-values';
import type { SourceReport } from '../source-report';
import type { RunDetails } from '../source-run';
import type { WandbItem, WandbRunHead, WandbWords } from './wandb-record';

/** One point; `time` in epoch milliseconds. */
interface WandbPoint {
  key: string;
  step: number | bigint;
  time: number;
  value: number;
}

const longestOutput = 64 * 1024 * 1024;
/** What records are about that hold no part of a run which is taken, by their numbers. */
const others: Readonly<Record<number, string>> = {
  8: 'artifacts',
  9: 'links to TensorBoard',
  10: 'alerts',
  25: 'uses of artifacts',
};

/** Hears all records of a run, in order. */
export class RunWords {
  /** What the run printed, as far as it is in the records. */
  output = '';
  readonly #report: SourceReport;
  readonly #fallback: number;
  readonly #config = new Map<string, unknown>();
  readonly #summary = new Map<string, unknown>();
  readonly #seen = new Set<string>();
  #head: WandbRunHead | undefined;
  #step: number | bigint = 0;
  #samples = 0;
  #last: number | undefined;
  #exit: number | undefined;

  /** `written` is when the file was written last, in epoch milliseconds: the time of what has none. */
  constructor(report: SourceReport, written: number) {
    this.#report = report;
    this.#fallback = Math.round(written);
  }

  /** True for a key whose summary says nothing more, because its points are known. */
  readonly isKnown = (key: string): boolean => this.#seen.has(key);

  /** The points of a record; the rest is noted. */
  points(words: WandbWords): WandbPoint[] {
    switch (words.kind) {
      case 'history':
        return this.#history(words.items, words.step);
      case 'stats':
        return this.#stats(words.items, words.time);
      case 'run':
        this.#head = words.run;
        for (const each of words.run.config) this.#set(this.#config, each);
        return [];
      case 'config':
      case 'summary': {
        const map = words.kind === 'config' ? this.#config : this.#summary;
        for (const each of words.items) this.#set(map, each);
        for (const key of words.removed) map.delete(key);
        return [];
      }
      case 'output':
        if (this.output.length < longestOutput) this.output += words.text;
        return [];
      case 'exit':
        this.#exit = words.code;
        return [];
      case 'other':
        if (others[words.field] !== undefined)
          this.#report.leave(others[words.field] ?? '', 'they are not taken from W&B');
        return [];
    }
  }

  /** Numbers of the summary that no series has: one point each. */
  *closing(): Generator<WandbPoint> {
    const time = this.#last ?? this.#head?.started ?? this.#fallback;
    for (const [key, value] of this.#summary) {
      const number = numberOf(value);
      if (number === undefined || key.startsWith('_') || this.#seen.has(key)) continue;
      yield { key, step: this.#step, time, value: number };
    }
  }

  /** All of the run but its files. */
  details(name: string): Omit<RunDetails, 'files' | 'texts'> {
    const head = this.#head;
    const config = [...this.#config].filter(([key]) => key !== '_wandb' && !key.startsWith('_wandb.'));
    const started = head?.started ?? this.#fallback;
    return {
      name,
      userId: head?.entity ?? '',
      // Without a record of its end it was killed, or it still runs; here nothing runs of it.
      status: this.#exit === undefined ? 'KILLED' : this.#exit === 0 ? 'FINISHED' : 'FAILED',
      startTime: started,
      endTime: Math.max(started, this.#last ?? this.#fallback),
      params: config.map(([key, value]) => ({ key, value: paramText(value) })),
      tags: this.#tags(),
      datasets: [],
      models: [],
    };
  }

  #tags(): KeyValue[] {
    const { id, notes, group, jobType, tags, host, sweep, remote, commit } = this.#head ?? noHead;
    const pairs: [string, string | undefined][] = [
      ['mlflow.note.content', notes],
      ['mlflow.source.git.commit', commit],
      ['mlflow.source.git.repoURL', remote],
      ['wandb.id', id],
      ['wandb.group', group],
      ['wandb.job_type', jobType],
      ['wandb.host', host],
      ['wandb.sweep', sweep],
      ['wandb.tags', tags.join(', ')],
      ['wandb.exit_code', this.#exit === undefined ? '' : String(this.#exit)],
    ];
    return pairs.flatMap(([key, value]) => (value ? [{ key, value }] : []));
  }

  #history(items: readonly WandbItem[], step: number | bigint | undefined): WandbPoint[] {
    const given = step ?? items.find(([key]) => key === '_step')?.[1];
    this.#step = typeof given === 'number' || typeof given === 'bigint' ? given : this.#step;
    const seconds = numberOf(items.find(([key]) => key === '_timestamp')?.[1]);
    const time = seconds === undefined ? (this.#last ?? this.#fallback) : Math.round(seconds * 1000);
    this.#last = Math.max(this.#last ?? 0, time);
    const points: WandbPoint[] = [];
    for (const [key, value] of items) {
      if (key.startsWith('_') && key !== '_') continue;
      if (typeof value === 'number') {
        this.#seen.add(key);
        points.push({ key, step: this.#step, time, value });
        continue;
      }
      if (typeof value === 'object' && value !== null && '_type' in value) {
        this.#report.leave(`values of type ${String(value._type)}`, 'the files of the run hold what they show');
        continue;
      }
      for (const [name, leaf] of flatLeaves(key, value)) this.#point(points, { name, leaf, time });
    }
    return points;
  }

  #point(points: WandbPoint[], { name, leaf, time }: { name: string; leaf: unknown; time: number }): void {
    const number = numberOf(leaf);
    if (number === undefined) {
      this.#report.leave('values of the history that are no numbers', `such as ${name.slice(0, 60)}`);
      return;
    }
    this.#seen.add(name);
    points.push({ key: name, step: this.#step, time, value: number });
  }

  #stats(items: readonly WandbItem[], time: number): WandbPoint[] {
    const step = this.#samples;
    this.#samples += 1;
    return items.flatMap(([key, value]) => {
      const number = numberOf(value);
      if (number === undefined || key.startsWith('_')) return [];
      return [{ key: `system/${key.replace(/^system\./, '')}`, step, time, value: number }];
    });
  }

  #set(map: Map<string, unknown>, [key, value]: WandbItem): void {
    if (typeof value !== 'object' || value === null) map.set(key, value);
    else for (const [name, leaf] of flatLeaves(key, value)) map.set(name, leaf);
  }
}

const noHead: Partial<WandbRunHead> & { tags: string[] } = { tags: [] };
