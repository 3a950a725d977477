// Reads the folder that MLflow's file store writes: a folder for each experiment, in it one for each run.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatasetInput } from '../../store/run-data';
import { filesBelow, filesState, foldersIn } from '../files/file-tree';
import { SourceReport } from '../source-report';
import type { PointColumns, RunDetails, SourceExperiment, SourceFile, SourceRun, SourceStore } from '../source-run';
import { shortHash } from '../source-tags';
import { type Meta, readMeta, textFiles } from './meta-files';
import { mlflowFolder } from './mlflow-folder';
import { isRunId, mlflowStatus, withSource } from './mlflow-words';
import { metricFilePoints } from './mlruns-metric';
import { mlrunsModels } from './mlruns-models';

/** True for a folder in which a file store keeps experiments. */
export function isMlruns(folder: string): boolean {
  const hasExperiment = (below: string): boolean =>
    foldersIn(below).some((name) => /^\d+$/.test(name) && existsSync(join(below, name, 'meta.yaml')));
  return hasExperiment(folder) || hasExperiment(join(folder, '.trash'));
}

/** The store. */
export function openMlruns(path: string): SourceStore {
  const report = new SourceReport();
  const runs: FolderRun[] = [];
  const models = [];
  for (const id of foldersIn(path)) {
    const folder = join(path, id);
    if (id === '.trash') report.leave('deleted experiments', "they are in MLflow's trash", foldersIn(folder).length);
    if (id === 'models') report.leave('registered models', 'the registry is not imported', foldersIn(folder).length);
    const meta = /^\d+$/.test(id) ? readMeta(folder, report) : undefined;
    if (meta === undefined) continue;
    if (meta.lifecycle_stage === 'deleted') {
      report.leave('deleted experiments', "they are in MLflow's trash");
      continue;
    }
    const experiment = experimentOf(folder, meta, report);
    runs.push(...runsOf(folder, experiment, report));
    models.push(...mlrunsModels(folder, experiment, report));
  }
  runs.sort((a, b) => a.started - b.started);
  return { tool: 'mlflow', what: 'a folder of runs of MLflow', path, runs, models, report, close: () => undefined };
}

function experimentOf(folder: string, meta: Meta, report: SourceReport): SourceExperiment {
  const { creation_time: creationTime, last_update_time: lastUpdateTime } = meta;
  return {
    id: basename(folder),
    name: String(meta.name ?? basename(folder)),
    tags: textFiles(join(folder, 'tags'), report),
    ...(typeof creationTime === 'number' ? { creationTime } : {}),
    ...(typeof lastUpdateTime === 'number' ? { lastUpdateTime } : {}),
  };
}

function runsOf(folder: string, experiment: SourceExperiment, report: SourceReport): FolderRun[] {
  return foldersIn(folder)
    .filter((name) => existsSync(join(folder, name, 'meta.yaml')))
    .flatMap((name) => {
      const meta = readMeta(join(folder, name), report);
      if (meta === undefined) return [];
      if (meta.lifecycle_stage !== 'deleted') return [new FolderRun(join(folder, name), { meta, experiment, report })];
      report.leave('deleted runs', "they are in MLflow's trash");
      return [];
    });
}

class FolderRun implements SourceRun {
  readonly identity: string;
  readonly runId: string | null;
  readonly name: string;
  readonly experiment: SourceExperiment;
  readonly started: number;
  readonly #folder: string;
  readonly #meta: Meta;
  readonly #report: SourceReport;
  #files: SourceFile[] | undefined;

  constructor(
    folder: string,
    { meta, experiment, report }: { meta: Meta; experiment: SourceExperiment; report: SourceReport },
  ) {
    this.#folder = folder;
    this.#meta = meta;
    this.#report = report;
    this.experiment = experiment;
    this.identity = basename(folder);
    this.runId = isRunId(this.identity) ? this.identity : null;
    this.started = Number(meta.start_time ?? 0);
    this.name = String(meta.run_name || this.#nameTag() || this.identity);
  }

  state(): string {
    const of = ['metrics', 'params', 'tags'].map((part) => filesState(this.#below(part)));
    return shortHash(JSON.stringify([this.#meta, of, filesState(this.#filesHere())]));
  }

  *read(): Generator<PointColumns, RunDetails> {
    for (const { path, place } of this.#below('metrics')) yield* metricFilePoints(path, place, this.#report);
    const meta = this.#meta;
    return {
      name: this.name,
      userId: String(meta.user_id ?? ''),
      status: mlflowStatus(meta.status),
      startTime: this.started,
      endTime: typeof meta.end_time === 'number' ? meta.end_time : null,
      params: textFiles(join(this.#folder, 'params'), this.#report),
      tags: withSource(textFiles(join(this.#folder, 'tags'), this.#report), {
        name: meta.source_name,
        version: meta.source_version,
      }),
      datasets: this.#inputs().flatMap((input) => this.#dataset(input)),
      models: this.#models(),
      files: this.#filesHere(),
    };
  }

  #below(part: string): SourceFile[] {
    return filesBelow(join(this.#folder, part), this.#report);
  }

  #nameTag(): string {
    const file = join(this.#folder, 'tags/mlflow.runName');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  #inputs(part: 'inputs' | 'outputs' = 'inputs'): Meta[] {
    const folder = join(this.#folder, part);
    return foldersIn(folder)
      .map((name) => readMeta(join(folder, name), this.#report))
      .filter((meta) => meta !== undefined);
  }

  #dataset({ source_type: type, source_id: id, tags }: Meta): DatasetInput[] {
    if (type !== 'DATASET') return [];
    const meta = readMeta(join(dirname(this.#folder), 'datasets', String(id)), this.#report);
    if (meta === undefined) return [];
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    const given = Object.entries((tags ?? {}) as Record<string, unknown>);
    return [
      {
        name: String(meta.name),
        digest: String(meta.digest),
        sourceType: String(meta.source_type),
        source: String(meta.source),
        schema: text(meta.schema),
        profile: text(meta.profile),
        tags: given.map(([key, value]) => ({ key, value: String(value) })),
      },
    ];
  }

  #models(): RunDetails['models'] {
    const of = (direction: 'input' | 'output'): RunDetails['models'][number][] =>
      this.#inputs(direction === 'input' ? 'inputs' : 'outputs')
        .filter((meta) => String(meta.destination_id).startsWith('m-'))
        .map((meta) => ({ modelId: String(meta.destination_id), direction, step: Number(meta.step ?? 0) }));
    return [...of('input'), ...of('output')];
  }

  #filesHere(): SourceFile[] {
    if (this.#files !== undefined) return this.#files;
    const experiment = dirname(this.#folder);
    const own = `${this.identity}/artifacts`;
    const place = { root: dirname(experiment), experimentId: basename(experiment), own };
    const folder = mlflowFolder(String(this.#meta.artifact_uri ?? ''), place);
    this.#files = folder === undefined ? [] : filesBelow(folder, this.#report);
    return this.#files;
  }
}
