// Writes runs into a tracking database that MLflow itself opens, from one moment of the workspace. The file gets its name when
// it is whole; the files of runs lie in a folder beside it.
import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { SlipwayError } from '../../../../base/errors';
import { registeredModelLines } from '../../../../lifecycle/models/bundle/store/model-part';
import { proxiedFolder } from '../../../../lifecycle/runs/artifacts/proxied-folder';
import { filesAddress, filesInFolder } from '../../../../lifecycle/runs/export/store/exported-files';
import { MlflowFile } from '../../../../lifecycle/runs/export/store/mlflow-file';
import { SourceReport } from '../../../../lifecycle/runs/import/source-report';
import { UnfinishedFile } from '../../../../platform/files/unfinished-file';
import { type Database, openForReading } from '../../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';
import type { ExportResult } from '../../../../protocol/jobs/job';
import { type Chosen, chosenThings } from '../bundle/bundle-kinds';
import type { JobGiven } from '../job-given';
import type { JobPort } from '../job-port';
import { checkTarget } from '../target-file';
import { ArtifactFolder } from './artifact-folder';

/** `runIds` null: all that are not in the trash. */
export interface MlflowTerms extends Omit<JobGiven, 'request'> {
  file: string;
  runIds: readonly string[] | null;
  force: boolean;
  withArtifacts: boolean;
}

interface Writing {
  terms: MlflowTerms;
  database: Database;
  file: MlflowFile;
  folder: ArtifactFolder;
  report: SourceReport;
  port: JobPort;
}

const never: Readonly<Record<string, string>> = {
  trace: 'MLflow keeps them in a form of its own; `slipway export` without --to takes them along',
};

/** Throws SlipwayError `already-exists` for what is there, `conflict` for a database in use, `damaged`, `disk-full`, … */
export async function exportMlflow(terms: MlflowTerms, port: JobPort): Promise<ExportResult> {
  checkTarget(terms);
  checkUnused(terms.file);
  const report = new SourceReport();
  const layout = new WorkspaceLayout(terms.root);
  const folder = new ArtifactFolder(terms.file, { layout, report, force: terms.force });
  const target = new UnfinishedFile(terms.file);
  const database = openForReading(terms.database);
  try {
    database.exec('BEGIN');
    const { silence } = terms;
    const { things, leftOut } = chosenThings(database, {
      runIds: terms.runIds,
      everything: false,
      silence,
      now: Date.now(),
    });
    const withModels = things.some(({ kind }) => kind === 'logged-model');
    const file = new MlflowFile({ path: target.path, source: database, withModels, report });
    const counts = await written({ terms, database, file, folder, report, port }, things).finally(() => file.close());
    port.goOn();
    folder.finish();
    target.finish({ overwrite: terms.force });
    const { files, bytes } = folder.copied;
    return {
      file: terms.file,
      folder: files > 0 ? folder.place : null,
      opensIn: withModels ? 'MLflow 3' : 'MLflow 2.22 and 3',
      bytes: statSync(terms.file).size + bytes,
      counts: { objects: files, ...counts },
      leftOut: [...leftOut, ...report.problems, ...report.leftOut],
    };
  } finally {
    database.close();
    target.discard();
    folder.discard();
  }
}

/** A log that another program left beside the name would be worked off in the new file. */
function checkUnused(file: string): void {
  for (const suffix of ['-journal', '-wal', '-shm']) {
    if (!existsSync(file + suffix)) continue;
    const sentence = `${basename(file)}${suffix} lies there, so another program has that database open. Name another file.`;
    throw new SlipwayError('conflict', sentence);
  }
}

async function written(writing: Writing, things: readonly Chosen[]): Promise<Record<string, number>> {
  const { file, folder, report, port } = writing;
  const of = (kind: string): Chosen[] => things.filter((each) => each.kind === kind);
  const [experiments, runs, models] = [of('experiment'), of('run'), of('logged-model')];
  for (const { id } of experiments) file.experiment(id, (experimentId) => folder.address(experimentId));
  file.defaultExperiment(folder.address('0'), Date.now());
  for (const [index, { id }] of runs.entries()) {
    port.progress('writing runs', index, runs.length);
    file.run({ runId: id, address: await addressOf(writing, { kind: 'run', id }) });
    await nextTurn();
  }
  const here = new Set(runs.map(({ id }) => id));
  const points = await writePoints(writing, here);
  for (const { id } of models) {
    file.model(id, await addressOf(writing, { kind: 'logged-model', id }), (runId) => here.has(runId));
  }
  const versions = writeRegistry(writing, of('registered-model'));
  for (const [kind, why] of Object.entries(never)) report.leave(`${kind.replace('-', ' ')}s`, why, of(kind).length);
  for (const name of file.finish()) {
    port.progress(`ordering ${name.split('_')[1]}`, 0, 0);
    await nextTurn();
  }
  const registry =
    versions === 0 ? {} : { 'registered-model': of('registered-model').length, 'model-version': versions };
  return {
    experiment: experiments.length,
    run: runs.length,
    'logged-model': models.length,
    point: points,
    ...registry,
  };
}

/** Files that are kept here lie in the folder beside the file, as those of their run or model do. Returns how many versions there are. */
function writeRegistry({ database, file, folder, report }: Writing, models: readonly Chosen[]): number {
  const addressOf = (address: string): string => {
    const proxied = proxiedFolder(address);
    if (proxied === undefined) return address;
    const names = proxied.split('/');
    if (!folder.has(...names)) {
      report.leave('files of model versions', 'the runs or models that they are of are not exported with their files');
    }
    return folder.address(...names);
  };
  return models.reduce((sum, { id }) => {
    const rows = [...registeredModelLines(database, id)].map(([table, row]) => [table, row] as const);
    return sum + file.registered(rows, addressOf);
  }, 0);
}

async function writePoints({ file, port }: Writing, runIds: ReadonlySet<string>): Promise<number> {
  const total = file.seriesCount(runIds);
  let [done, points, since] = [0, 0, 0];
  for (const count of file.points(runIds)) {
    done += 1;
    points += count;
    since += count + 1;
    if (since < 20_000) continue;
    since = 0;
    await nextTurn();
    port.progress('writing metrics', done, total);
  }
  return points;
}

/** Copies the files of a run or model, and says where MLflow finds them. Files that lie elsewhere stay there. */
async function addressOf(
  { terms, database, folder, report, port }: Writing,
  thing: { kind: 'run' | 'logged-model'; id: string },
): Promise<string> {
  const { address = '', experimentId = '' } = filesAddress(database, thing) ?? {};
  const proxied = proxiedFolder(address);
  if (proxied === undefined) return address;
  const plain = terms.artifactRoot === null ? undefined : `${terms.artifactRoot}/${proxied}`;
  if (plain !== undefined && existsSync(plain)) {
    report.leave(
      'runs or models whose files are not copied',
      `they stay in ${terms.artifactRoot}, to which the file points`,
    );
    return pathToFileURL(plain).href;
  }
  const own = [experimentId, ...(thing.kind === 'run' ? [] : ['models']), thing.id, 'artifacts'];
  const files = filesInFolder(database, proxied);
  if (!terms.withArtifacts) report.leave('files of runs and models', 'they were not asked for', files.length);
  else {
    for (const file of files) {
      port.goOn();
      await folder.copy(own.join('/'), file);
    }
  }
  return folder.address(...own);
}
