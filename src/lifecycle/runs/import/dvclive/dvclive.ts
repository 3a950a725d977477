// Reads the folders that DVCLive writes: each is one run, with a table for every metric.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../../../../base/errors';
import type { KeyValue } from '../../batch';
import { distinctIdentities } from '../distinct-identities';
import { filesBelow, filesState, foldersIn } from '../files/file-tree';
import { flatLeaves, numberOf, paramText, readJson } from '../json-values';
import { SourceReport } from '../source-report';
import type { PointColumns, RunDetails, SourceExperiment, SourceFile, SourceRun, SourceStore } from '../source-run';
import { shortHash } from '../source-tags';
import { firstRow, metricTablePoints } from './metric-table';

const metricsFolder = 'plots/metrics';
/** How deep below the named folder such folders are looked for. */
const deepest = 3;

/** The store: a folder of DVCLive, or a folder with some in it; undefined when there is none. */
export function openDvclive(path: string): SourceStore | undefined {
  const folders = isDvclive(path) ? [path] : foldersBelow(path, deepest);
  if (folders.length === 0) return undefined;
  const report = new SourceReport();
  const isOne = folders[0] === path;
  const experiment = { name: basename(isOne ? dirname(path) : path) || 'dvclive' };
  const identities = distinctIdentities(
    folders.map((folder) => [fingerprint(folder, report), folder.slice(path.length)] as const),
  );
  const runs = folders.map((folder, index) => {
    const name = isOne ? basename(path) : folder.slice(path.length + 1);
    return new DvcliveRun({ identity: identities[index] ?? '', folder, name, experiment, report });
  });
  const what = isOne ? 'a folder of DVCLive' : 'a folder with runs of DVCLive';
  return { tool: 'dvclive', what, path, runs, models: [], report, close: () => undefined };
}

function isDvclive(folder: string): boolean {
  const has = (name: string): boolean => existsSync(join(folder, name));
  const hasTables = filesBelow(join(folder, metricsFolder), new SourceReport()).some(({ path }) => isTable(path));
  return hasTables || (has('metrics.json') && (has('params.yaml') || has('dvc.yaml') || has('plots')));
}

function foldersBelow(path: string, depth: number): string[] {
  if (depth === 0) return [];
  return foldersIn(path).flatMap((name) => {
    const folder = join(path, name);
    if (name === 'node_modules' || name === '.git') return [];
    return isDvclive(folder) ? [folder] : foldersBelow(folder, depth - 1);
  });
}

function isTable(path: string): boolean {
  return path.endsWith('.tsv') || path.endsWith('.csv');
}

/** What stays as it is while a run goes on: its parameters, and the first row of the first of its tables. */
function fingerprint(folder: string, report: SourceReport): string {
  const rows = tablesOf(folder, report)
    .map(({ path, place }) => ({ path, row: firstRow(place) }))
    .filter(({ row }) => row !== undefined)
    .sort((a, b) => (a.row?.step ?? 0) - (b.row?.step ?? 0));
  const [first] = rows;
  const params = join(folder, 'params.yaml');
  const given = existsSync(params) ? readFileSync(params, 'utf8') : '';
  return shortHash(JSON.stringify([given, first?.path, first?.row?.text]));
}

function tablesOf(folder: string, report: SourceReport): SourceFile[] {
  return filesBelow(join(folder, metricsFolder), report).filter(({ path }) => isTable(path));
}

interface DvcliveRunParts {
  identity: string;
  folder: string;
  name: string;
  experiment: SourceExperiment;
  report: SourceReport;
}

class DvcliveRun implements SourceRun {
  readonly identity: string;
  readonly runId = null;
  readonly name: string;
  readonly experiment: SourceExperiment;
  readonly #folder: string;
  readonly #report: SourceReport;

  constructor({ identity, folder, name, experiment, report }: DvcliveRunParts) {
    this.identity = identity;
    this.name = name;
    this.experiment = experiment;
    this.#folder = folder;
    this.#report = report;
  }

  state(): string {
    return shortHash(filesState(filesBelow(this.#folder, this.#report)));
  }

  *read(startTime?: number): Generator<PointColumns, RunDetails> {
    const started = startTime ?? this.#oldest();
    const seen = new Set<string>();
    for (const { path, place } of tablesOf(this.#folder, this.#report)) {
      const key = path.replace(/\.[ct]sv$/, '');
      seen.add(key);
      yield* metricTablePoints({ key, file: place, time: started }, this.#report);
    }
    yield* this.#summary(seen, started);
    const metrics = statSync(join(this.#folder, 'metrics.json'), { throwIfNoEntry: false });
    return {
      name: this.name,
      userId: '',
      status: 'FINISHED',
      startTime: started,
      endTime: Math.max(started, Math.round(metrics?.mtimeMs ?? started)),
      params: this.#params(),
      tags: [],
      datasets: [],
      models: [],
      files: filesBelow(this.#folder, this.#report).filter(({ path }) => !path.startsWith(`${metricsFolder}/`)),
    };
  }

  /** When the oldest file was written: nothing in the folder says when its run began. */
  #oldest(): number {
    const times = filesBelow(this.#folder, this.#report).map(({ place }) => statSync(place).mtimeMs);
    return Math.round(times.reduce((least, each) => Math.min(least, each), Date.now()));
  }

  /** What is only in `metrics.json`: metrics that were logged without a table. */
  *#summary(seen: ReadonlySet<string>, time: number): Generator<PointColumns> {
    const file = join(this.#folder, 'metrics.json');
    if (!existsSync(file)) return;
    try {
      const given = readJson(readFileSync(file, 'utf8'));
      const leaves = new Map(flatLeaves('', given, '/'));
      const step = numberOf(leaves.get('step')) ?? 0;
      for (const [key, value] of leaves) {
        const number = numberOf(value);
        if (key === 'step' || key === '' || number === undefined || seen.has(key)) continue;
        yield { key, steps: Float64Array.of(step), times: Float64Array.of(time), values: Float64Array.of(number) };
      }
    } catch (error) {
      this.#report.problem(file, '', messageOf(error));
    }
  }

  #params(): KeyValue[] {
    const file = join(this.#folder, 'params.yaml');
    if (!existsSync(file)) return [];
    try {
      const given: unknown = parse(readFileSync(file, 'utf8'));
      const leaves = [...flatLeaves('', given)].filter(([key]) => key !== '');
      return leaves.map(([key, value]) => ({ key, value: paramText(value) }));
    } catch (error) {
      this.#report.problem(file, '', messageOf(error));
      return [];
    }
  }
}
