// Empties the trash, and with `dryRun` only says what that would free. The engine takes out each thing by itself, so that
// whatever stops this leaves a whole workspace.
import { existsSync, lstatSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { rememberedPaths } from '../../../lifecycle/datasets/store/content-store';
import { type DoomedData, dataContents, doomedData, unheldContents } from '../../../lifecycle/datasets/store/erasure';
import type { TrashEmptied } from '../../../lifecycle/runs/artifacts/store/artifact-trash';
import {
  countDeleted,
  type DoomedFiles,
  erasedRuns,
  namedContents,
  readTrash,
  type TrashPlan,
} from '../../../lifecycle/runs/erasure/store/trash-plan';
import { doomedTraces } from '../../../lifecycle/traces/erasure/store/trace-erasure';
import { type Database, openForReading } from '../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../protocol/folder/layout';
import type { GcResult, NamedReason } from '../../../protocol/jobs/job';
import { countText } from '../../../protocol/wording';
import { freePages } from '../../../workspace/free-pages';
import type { JobGiven } from './job-given';
import type { JobPort } from './job-port';
import { keepLineage } from './keep-lineage';
import { namesIn, storedContents } from './stored-contents';

/** `olderThan`: milliseconds in the trash. */
export interface GcTerms extends Omit<JobGiven, 'request'> {
  olderThan: number;
  dryRun: boolean;
}

const objectsAtOnce = 20;
const rowsAtOnce = 1000;

/** Empties the trash, or says what that would free. */
export async function emptyTrash(terms: GcTerms, port: JobPort): Promise<GcResult> {
  const database = openForReading(terms.database);
  try {
    const cutoff = Date.now() - terms.olderThan;
    const plan = readTrash(database, cutoff);
    const { kept, doomed, spared } = keepLineage(database, plan);
    const folders = [...doomed.runs, ...doomed.loggedModels].flatMap(({ folder }) => folder ?? []);
    const files = { cutoff, gone: new Set(folders), spared };
    const deleted = countDeleted(database, files);
    if (deleted.spared > 0) {
      const name = countText(deleted.spared, 'deleted file');
      kept.push({ name, why: 'a registered model version was made from their run or logged model' });
    }
    const data = doomedData(database, cutoff);
    const gc = { terms, port, database, files, data, deleted: deleted.doomed, layout: new WorkspaceLayout(terms.root) };
    return await (terms.dryRun ? wouldFree(gc, doomed, kept) : free(gc, doomed, kept));
  } finally {
    database.close();
  }
}

interface Gc {
  terms: GcTerms;
  port: JobPort;
  database: Database;
  files: DoomedFiles;
  data: DoomedData;
  /** Files that were deleted one by one and go. */
  deleted: number;
  layout: WorkspaceLayout;
}

async function wouldFree(
  { port, database, files, data, deleted, layout }: Gc,
  doomed: TrashPlan,
  kept: NamedReason[],
): Promise<GcResult> {
  const { cutoff } = files;
  const named = new Set([...namedContents(database, files), ...dataContents(database, data)]);
  const unnamed = unnamedContents(layout, named);
  const gone = new Set([...erasedRuns(database), ...doomed.runs.map(({ id }) => id)]);
  const left = leftovers(layout, gone);
  const uploads = await port.call<{ count: number; bytes: number }>('brokenUploads', null);
  return {
    runs: doomed.runs.length,
    experiments: doomed.experiments.length,
    loggedModels: doomed.loggedModels.length,
    traces: doomedTraces(database, { cutoff, experimentIds: doomed.experiments.map(({ id }) => id) }).length,
    versions: data.versions.length,
    artifacts: deleted,
    objects: { count: unnamed.length, bytes: sum(unnamed) },
    leftovers: { count: left.length + uploads.count, bytes: sum(left) + uploads.bytes },
    database: { freed: 0, reusable: freePages(database).bytes },
    kept,
    dryRun: true,
  };
}

async function free(gc: Gc, doomed: TrashPlan, kept: NamedReason[]): Promise<GcResult> {
  const { port, database, files, layout, terms } = gc;
  const before = statSync(terms.database).size;
  const counts = await erase(gc, doomed, kept);
  while (await port.call<boolean>('sweepLoose', null)) port.progress('erasing points', 0, 0);
  const objects = { count: 0, bytes: 0 };
  const held = dataContents(database, { versions: [] });
  const forgotten = unheldContents(database, held);
  for (let from = 0; from < forgotten.length; from += rowsAtOnce) {
    await port.call('forgetContents', forgotten.slice(from, from + rowsAtOnce));
  }
  const named = new Set([...namedContents(database, { ...files, gone: new Set() }), ...held]);
  const unnamed = unnamedContents(layout, named);
  for (let from = 0; from < unnamed.length; from += objectsAtOnce) {
    port.progress('freeing contents', from, unnamed.length);
    const hashes = unnamed.slice(from, from + objectsAtOnce).map(({ name }) => name);
    const freed = await port.call<{ count: number; bytes: number }>('freeObjects', hashes);
    objects.count += freed.count;
    objects.bytes += freed.bytes;
  }
  const uploads = await port.call<{ count: number; bytes: number }>('sweepUploads', null);
  await forgetGoneFiles(database, { layout, port });
  removeDangling(`${layout.home}/versions`);
  const left = leftovers(layout, erasedRuns(database));
  for (const { name } of left) {
    port.goOn();
    rmSync(name, { recursive: true, force: true });
  }
  while (await port.call<boolean>('vacuumSome', null)) port.progress('giving space back', 0, 0);
  return {
    ...counts,
    objects,
    leftovers: { count: left.length + uploads.count, bytes: sum(left) + uploads.bytes },
    database: { freed: Math.max(0, before - statSync(terms.database).size), reusable: freePages(database).bytes },
    kept,
    dryRun: false,
  };
}

type Counts = Pick<GcResult, 'runs' | 'experiments' | 'loggedModels' | 'traces' | 'versions' | 'artifacts'>;

async function erase(
  { port, database, files, data, deleted }: Gc,
  doomed: TrashPlan,
  kept: NamedReason[],
): Promise<Counts> {
  const { cutoff } = files;
  const counts: Counts = { runs: 0, experiments: 0, loggedModels: 0, traces: 0, versions: 0, artifacts: 0 };
  const each = async (
    call: string,
    things: readonly { id: string; name: string }[],
    count: 'runs' | 'experiments' | 'loggedModels',
  ): Promise<void> => {
    for (const [index, { id, name }] of things.entries()) {
      port.progress('erasing', index, things.length);
      const why = await port.call<string | null>(call, { id, cutoff });
      if (why === null) counts[count] += 1;
      else kept.push({ name, why });
    }
  };
  await each('eraseRun', doomed.runs, 'runs');
  await each('eraseLoggedModel', doomed.loggedModels, 'loggedModels');
  const which = { cutoff, experimentIds: doomed.experiments.map(({ id }) => id) };
  const traces = doomedTraces(database, which);
  for (const [index, trace] of traces.entries()) {
    for (let more = true; more; ) {
      port.progress('erasing traces', index, traces.length);
      const step = await port.call<{ erased: boolean; more: boolean }>('eraseTraceSome', { trace, which });
      if (step.erased) counts.traces += 1;
      more = step.more;
    }
  }
  await each('eraseExperiment', doomed.experiments, 'experiments');
  counts.versions = await eraseData(data, cutoff, port);
  counts.artifacts = await eraseFiles(files, deleted, port);
  return counts;
}

/** Takes out files that were deleted one by one; how many went of the `deleted` there are. */
async function eraseFiles({ cutoff, spared }: DoomedFiles, deleted: number, port: JobPort): Promise<number> {
  let erased = 0;
  for (let after: number | null = 0; after !== null; ) {
    port.progress('erasing', erased, deleted);
    const step: TrashEmptied = await port.call('emptyArtifactTrash', { cutoff, after, spared });
    erased += step.dropped;
    after = step.after;
  }
  return erased;
}

/** Takes out versions of datasets, then the datasets that have none left; how many versions went. */
async function eraseData({ versions, datasets }: DoomedData, cutoff: number, port: JobPort): Promise<number> {
  let erased = 0;
  for (const [index, version] of versions.entries()) {
    port.progress('erasing versions', index, versions.length);
    if (await port.call<boolean>('eraseDatasetVersion', { version, cutoff })) erased += 1;
  }
  for (const dataset of datasets) await port.call('eraseDataset', { dataset, cutoff });
  return erased;
}

/** What was read of files that are not there any more; one that comes back is read again. */
async function forgetGoneFiles(database: Database, { layout, port }: Pick<Gc, 'layout' | 'port'>): Promise<void> {
  for (let paths = rememberedPaths(database, '', rowsAtOnce); paths.length > 0; ) {
    port.progress('forgetting files', 0, 0);
    const gone = paths.filter((path) => !existsSync(resolve(layout.root, path)));
    if (gone.length > 0) await port.call('forgetFiles', gone);
    paths = rememberedPaths(database, paths.at(-1) ?? '', rowsAtOnce);
  }
}

interface Sized {
  name: string;
  bytes: number;
}

/** Links to objects that are gone; a question that waits for its turn holds others. */
function removeDangling(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = `${folder}/${name}`;
    if (lstatSync(path).isDirectory()) {
      removeDangling(path);
      if (namesIn(path).length === 0) rmdirSync(path);
    } else if (isNamedNoMore(path)) rmSync(path, { force: true });
  }
}

/** Where there are no symbolic links, a name is the object's other one, which is the last when that is gone, or a copy. */
function isNamedNoMore(path: string): boolean {
  const found = lstatSync(path);
  return found.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) === undefined : found.nlink === 1;
}

/** Contents in the store that are not among `named`, by their hashes. */
function unnamedContents(layout: WorkspaceLayout, named: ReadonlySet<string>): Sized[] {
  return storedContents(layout)
    .filter((hash) => !named.has(hash))
    .map((hash) => ({ name: hash, bytes: sizeOf(layout.object(hash)) }));
}

/** What nothing will ever finish or read: by their paths. */
function leftovers(layout: WorkspaceLayout, erased: ReadonlySet<string>): Sized[] {
  const folders = namesIn(layout.runs).filter((name) => erased.has(name));
  const paths = [
    ...folders.map((name) => layout.run(name)),
    ...namesIn(layout.incoming).map((name) => `${layout.incoming}/${name}`),
    ...namesIn(layout.home)
      .filter((name) => name.endsWith('.unfinished'))
      .map((name) => `${layout.home}/${name}`),
  ];
  return paths.map((path) => ({ name: path, bytes: sizeOf(path) }));
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  return namesIn(path).reduce((bytes, name) => bytes + sizeOf(`${path}/${name}`), 0);
}

function sum(things: readonly Sized[]): number {
  return things.reduce((bytes, each) => bytes + each.bytes, 0);
}
