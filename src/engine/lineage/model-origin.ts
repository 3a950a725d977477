// Which run made the bytes of a model's file, what it had read, and what was logged with the model.
import { statSync } from 'node:fs';
import { basename, posix, resolve } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { digestFile } from '../../lifecycle/datasets/content/file-digest';
import { stampOf } from '../../lifecycle/datasets/content/file-stamp';
import { loggedSignature, smallText } from '../../lifecycle/inference/form/logged-signature';
import { versionsOfRuns } from '../../lifecycle/models/store/version-runs';
import { artifactContent, type KeptContent, keptContents } from '../../lifecycle/runs/lineage/store/kept-content';
import {
  loggedUses,
  type RunFact,
  recordedUses,
  runFacts,
  usesOfContent,
} from '../../lifecycle/runs/lineage/store/run-uses';
import { objectPlace } from '../../platform/objects/placed-object';
import type { Database } from '../../platform/sqlite/database';
import { parseVersionReference } from '../../protocol/datasets/dataset';
import type { LineageEdge } from '../../protocol/datasets/lineage';
import { formatOfName } from '../../protocol/datasets/table-source';
import type { LoggedSignature, ModelOrigin, OriginData, OriginFile } from '../../protocol/inference/form/model-origin';
import { placeOfSource } from './logged-place';
import { RunEdges } from './run-edges';

/** `path` is the model's, `folder` the workspace's, `objects` where it keeps contents. */
export interface OriginAsked {
  path: string;
  folder: string;
  objects: string;
}

/** What was read of files, by path; a page asks again whenever it is shown. */
const digests = new Map<string, { stamp: string; sha256: string }>();
const mostDigests = 100;
const mostUnregistered = 5;
const mostBytes = 2 ** 31;

/** Looks for the content of the file among artifacts and recorded outputs. For a reader thread: it reads the whole file. */
export function modelOrigin(database: Database, { path, folder, objects }: OriginAsked): ModelOrigin {
  const sha256 = digestOf(path);
  const kept = keptContents(database, sha256);
  const written = usesOfContent(database, [sha256]).filter(({ way }) => way === 'output');
  const ids = [...new Set([...kept, ...written].map(({ runId }) => runId))];
  const signature = signatureOf(database, kept, objects);
  const runs = runFacts(database, ids).filter(({ isDeleted }) => !isDeleted);
  const [run] = runs.sort((a, b) => b.start - a.start);
  if (run === undefined) return { run: null, data: [], files: [], signature };
  const edges = new RunEdges(database, folder).ofRuns([run.runId]);
  const data = dataOf(edges);
  const files = data.length === 0 ? unregistered(database, run.runId, folder) : [];
  return { run: { ...namedRun(database, run), others: runs.length - 1 }, data, files, signature };
}

/** What a run read, training data first; none of it is for testing. For a reader thread. */
export function trainingData(database: Database, { runId, folder }: { runId: string; folder: string }): OriginData[] {
  const read = dataOf(new RunEdges(database, folder).ofRuns([runId]));
  const best = Math.min(...read.map(useRank));
  return read.filter((each) => useRank(each) === best && best < 2);
}

/** Tables that the run named, those for training first, those for testing last; one that is gone is none. */
function unregistered(database: Database, runId: string, folder: string): OriginFile[] {
  const recorded = recordedUses(database, [runId])
    .filter(({ way }) => way === 'input')
    .map(({ path, cwd, sha256 }) => ({ path: resolve(cwd, path), use: null, sha256 }));
  const logged = loggedUses(database, [runId]).flatMap(({ source, context }) => {
    const path = placeOfSource(source, folder);
    return path === undefined ? [] : [{ path: resolve(folder, path), use: context, sha256: null }];
  });
  const found = new Map([...logged, ...recorded].map((each) => [each.path, each]));
  const tables = [...found.values()].filter(({ path }) => formatOfName(path) !== undefined && isSmallFile(path));
  const rank = ({ path, use }: { path: string; use: string | null }): number =>
    useRank({ use, dataset: basename(path) });
  return tables
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, mostUnregistered)
    .map(({ path, use, sha256 }) => ({ path, use, isChanged: sha256 === null || digestOf(path) !== sha256 }));
}

/** One that can be read again within the wait for a form. */
function isSmallFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= mostBytes;
}

function namedRun(database: Database, { runId, name }: RunFact): { runId: string; name: string; versions: string[] } {
  const versions = versionsOfRuns(database, [runId]).filter(({ isDeleted }) => !isDeleted);
  return { runId, name, versions: versions.map(({ model, version }) => `${model}/${version}`) };
}

function digestOf(path: string): string {
  const looks = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (looks === undefined) throw new SlipwayError('not-found', `There is no file ${path}.`);
  const stamp = stampOf(looks);
  const known = digests.get(path);
  if (known?.stamp === stamp) return known.sha256;
  const { sha256 } = digestFile(path, { names: ['sha256'], read: () => undefined });
  if (digests.size >= mostDigests) digests.clear();
  digests.set(path, { stamp, sha256 });
  return sha256;
}

/** Of the first of these files that has an MLmodel file beside it. */
function signatureOf(database: Database, kept: readonly KeptContent[], objects: string): LoggedSignature | null {
  for (const { path } of kept) {
    const read = (name: string): string | undefined => {
      const sha256 = artifactContent(database, posix.join(posix.dirname(path), name));
      return sha256 === undefined ? undefined : smallText(objectPlace(objects, sha256));
    };
    const text = read('MLmodel');
    const signature = text === undefined ? null : loggedSignature(text, read);
    if (signature !== null) return signature;
  }
  return null;
}

const certainty: readonly OriginData['by'][] = ['content', 'path', 'name', 'declared'];

/** What the run read, each version once, training data first, then what is not said to be for testing. */
function dataOf(edges: readonly LineageEdge[]): OriginData[] {
  const read = edges.flatMap(({ from, to, by, how }): OriginData[] => {
    const named = from.kind === 'version' && to.kind === 'run' ? parseVersionReference(from.id) : undefined;
    if (named === undefined) return [];
    return [{ dataset: named.dataset, version: named.version, use: /^[^(]*\((.+)\)$/s.exec(how)?.[1] ?? null, by }];
  });
  const sorted = read.sort((a, b) => useRank(a) - useRank(b) || certainty.indexOf(a.by) - certainty.indexOf(b.by));
  return sorted.filter(
    (one, at) => at === sorted.findIndex((each) => each.dataset === one.dataset && each.version === one.version),
  );
}

function useRank({ use, dataset }: Pick<OriginData, 'use' | 'dataset'>): number {
  const said = use ?? dataset;
  if (/train|fit/i.test(said)) return 0;
  return /eval|test|valid|holdout/i.test(said) ? 2 : 1;
}
