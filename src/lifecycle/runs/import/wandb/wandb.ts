// Reads the folders that W&B writes: each holds one run in a `.wandb` file, and its files beside it.
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../../../base/errors';
import { distinctIdentities } from '../distinct-identities';
import { entriesIn, filesBelow, filesState, foldersIn } from '../files/file-tree';
import { firstBytes } from '../files/first-bytes';
import { SeriesBuffer } from '../series-buffer';
import { SourceReport } from '../source-report';
import type { PointColumns, RunDetails, SourceExperiment, SourceFile, SourceRun, SourceStore } from '../source-run';
import { shortHash } from '../source-tags';
import { RunWords } from './run-words';
import { readRecord, type WandbRunHead } from './wandb-record';
import { wandbMagic, wandbRecords } from './wandb-records';

/** The record of the run itself is among the first ones. */
const recordsToHead = 50;

/** True for a `.wandb` file. */
export function isWandbFile(path: string): boolean {
  return firstBytes(path, wandbMagic.length) === wandbMagic;
}

/** The store in a folder `wandb/`, in the folder of one run, or of the one file `path` names; undefined when there is none. */
export function openWandb(path: string): SourceStore | undefined {
  const report = new SourceReport();
  const files = statSync(path).isFile() ? [path] : runFiles(path, report);
  if (files.length === 0) return undefined;
  const heads = files.map((file) => readHead(file, report));
  const places = heads.map((head, index) => {
    const file = files[index] ?? '';
    return [
      `${head?.project ?? ''} ${head?.id ?? basename(file)} ${head?.started ?? ''}`,
      basename(dirname(file)),
    ] as const;
  });
  const runs = distinctIdentities(places).map(
    (identity, index) => new WandbRun({ identity, file: files[index] ?? '', head: heads[index], report }),
  );
  const what = files.length === 1 ? 'a run of W&B' : 'a folder of runs of W&B';
  return { tool: 'wandb', what, path, runs, models: [], report, close: () => undefined };
}

function runFiles(path: string, report: SourceReport): string[] {
  const inFolder = (folder: string): string[] =>
    entriesIn(folder, report)
      .filter(({ name }) => name.endsWith('.wandb'))
      .map(({ name }) => join(folder, name))
      .filter(isWandbFile);
  const own = inFolder(path);
  if (own.length > 0) return own;
  return foldersIn(path)
    .filter((name) => /^(offline-)?run-/.test(name))
    .flatMap((name) => inFolder(join(path, name)));
}

/** The first record of the run itself; undefined when none is found. */
function readHead(file: string, report: SourceReport): WandbRunHead | undefined {
  try {
    let left = recordsToHead;
    for (const { data } of wandbRecords(file, new SourceReport())) {
      const words = readRecord(data);
      if (words.kind === 'run') return words.run;
      left -= 1;
      if (left === 0) break;
    }
    report.problem(file, '', 'it holds no record of a run');
  } catch (error) {
    report.problem(file, '', messageOf(error));
  }
  return undefined;
}

interface WandbRunParts {
  identity: string;
  file: string;
  head: WandbRunHead | undefined;
  report: SourceReport;
}

class WandbRun implements SourceRun {
  readonly identity: string;
  readonly runId = null;
  readonly name: string;
  readonly experiment: SourceExperiment;
  readonly #parts: WandbRunParts;
  #files: SourceFile[] | undefined;

  constructor(parts: WandbRunParts) {
    const { identity, file, head } = parts;
    this.#parts = parts;
    this.identity = identity;
    this.name = head?.name || head?.id || basename(file, '.wandb');
    this.experiment = { name: head?.project || 'uncategorized' };
  }

  state(): string {
    const { file } = this.#parts;
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    return shortHash(JSON.stringify([size, filesState(this.#filesHere())]));
  }

  *read(): Generator<PointColumns, RunDetails> {
    const { file, report } = this.#parts;
    const buffer = new SeriesBuffer();
    const words = new RunWords(report, statSync(file).mtimeMs);
    try {
      for (const { at, data } of wandbRecords(file, report)) {
        try {
          for (const point of words.points(readRecord(data, words.isKnown))) {
            yield* buffer.add(point.key, point.step, point.time, point.value);
          }
        } catch (error) {
          if (!(error instanceof RangeError) && !(error instanceof SyntaxError)) throw error;
          report.problem(file, `byte ${at}`, `a record that is none: ${error.message}`);
        }
      }
    } catch (error) {
      report.problem(file, '', messageOf(error));
    }
    for (const { key, step, time, value } of words.closing()) yield* buffer.add(key, step, time, value);
    yield* buffer.rest();
    const files = this.#filesHere();
    const hasOutput = files.some(({ path }) => path === 'output.log');
    const texts = hasOutput || words.output === '' ? [] : [{ path: 'output.log', text: words.output }];
    return { ...words.details(this.name), files, texts };
  }

  #filesHere(): SourceFile[] {
    this.#files ??= filesBelow(join(dirname(this.#parts.file), 'files'), this.#parts.report);
    return this.#files;
  }
}
