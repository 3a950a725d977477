// Reads folders of TensorBoard events: each folder that holds such files is one run.
import { statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { messageOf } from '../../../../base/errors';
import type { KeyValue } from '../../batch';
import { distinctIdentities } from '../distinct-identities';
import { entriesIn } from '../files/file-tree';
import { firstBytes } from '../files/first-bytes';
import { SeriesBuffer } from '../series-buffer';
import { SourceReport } from '../source-report';
import type { PointColumns, RunDetails, SourceExperiment, SourceRun, SourceStore } from '../source-run';
import { shortHash } from '../source-tags';
import { readEvent } from './event';
import { type EventRecord, eventRecords } from './event-records';
import { EventWords } from './event-words';

/** How deep, and among how many files and folders, events are looked for. */
const deepest = 20;
const mostEntries = 1_000_000;

/** True for the name of a file of events. */
export function isEventFile(path: string): boolean {
  return basename(path).includes('tfevents') && !path.endsWith('.profile-empty');
}

/** The store in a folder, or of the one file `path` names; undefined when there are no events. Folders that cannot be read are told to `report`. */
export function openTensorboard(path: string, report = new SourceReport()): SourceStore | undefined {
  const isFile = statSync(path).isFile();
  const root = isFile ? dirname(path) : path;
  const folders = isFile ? new Map([[root, [path]]]) : eventFolders(path, report);
  if (folders.size === 0) return undefined;
  const experiment = { name: basename(root) || 'tensorboard' };
  const found = [...folders].map(([folder, files]) => ({ name: relative(root, folder).split(sep).join('/'), files }));
  const identities = distinctIdentities(found.map(({ name, files }) => [fingerprint(files[0] ?? ''), name]));
  const runs = found.map(({ name, files }, index) => {
    const identity = identities[index] ?? '';
    return new EventRun({ identity, name: name || basename(root), files, experiment, report });
  });
  const what = isFile ? 'a file of TensorBoard events' : 'a folder of TensorBoard events';
  return { tool: 'tensorboard', what, path, runs, models: [], report, close: () => undefined };
}

/** A file of events begins with the time at which it was made, to the microsecond. */
function fingerprint(file: string): string {
  return `${basename(file)} ${Buffer.from(firstBytes(file, 24), 'latin1').toString('hex')}`;
}

/** The files of events by their folders, in the order of their names, which begin with their times. */
function eventFolders(root: string, report: SourceReport): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  let left = mostEntries;
  const walk = (folder: string, depth: number): void => {
    const entries = entriesIn(folder, report);
    left -= entries.length;
    const files = entries.filter((entry) => entry.isFile() && isEventFile(entry.name)).map(({ name }) => name);
    if (files.length > 0)
      folders.set(
        folder,
        files.sort().map((name) => join(folder, name)),
      );
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (left > 0 && depth < deepest && name !== 'node_modules') walk(join(folder, name), depth + 1);
    }
  };
  walk(root, 0);
  return folders;
}

interface EventRunParts {
  identity: string;
  name: string;
  files: readonly string[];
  experiment: SourceExperiment;
  report: SourceReport;
}

class EventRun implements SourceRun {
  readonly identity: string;
  readonly runId = null;
  readonly name: string;
  readonly experiment: SourceExperiment;
  readonly #files: readonly string[];
  readonly #report: SourceReport;

  constructor({ identity, name, files, experiment, report }: EventRunParts) {
    this.identity = identity;
    this.name = name;
    this.experiment = experiment;
    this.#files = files;
    this.#report = report;
  }

  state(): string {
    const sizes = this.#files.map((file) => [basename(file), statSync(file, { throwIfNoEntry: false })?.size]);
    return shortHash(JSON.stringify(sizes));
  }

  *read(): Generator<PointColumns, RunDetails> {
    const buffer = new SeriesBuffer();
    const words = new EventWords(this.#report);
    for (const file of this.#files) {
      words.beginFile();
      try {
        for (const record of eventRecords(file, this.#report)) {
          const full = this.#take(record, { file, words, buffer });
          if (full !== undefined) yield* full;
        }
      } catch (error) {
        this.#report.problem(file, '', messageOf(error));
      }
    }
    yield* buffer.rest();
    return {
      name: this.name,
      userId: '',
      status: words.status,
      startTime: words.first ?? 0,
      endTime: words.last ?? null,
      params: words.params,
      tags: words.tags satisfies KeyValue[],
      datasets: [],
      models: [],
      files: [],
    };
  }

  /** Takes the points of a record. Returns what is to be sent on now. */
  #take(
    record: EventRecord,
    { file, words, buffer }: { file: string; words: EventWords; buffer: SeriesBuffer },
  ): PointColumns[] | undefined {
    let full: PointColumns[] | undefined;
    try {
      const event = readEvent(record);
      words.event(event);
      for (const value of event.values) {
        const number = words.scalar(value, event);
        const columns = number === undefined ? undefined : buffer.add(value.tag, event.step, event.time, number);
        if (columns !== undefined && columns.length > 0) full = [...(full ?? []), ...columns];
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#report.problem(file, `byte ${record.at}`, `a record that is no event: ${error.message}`);
    }
    return full;
  }
}
