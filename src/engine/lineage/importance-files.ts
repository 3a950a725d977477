// Where runs that read a dataset logged what its columns count in their models.
import { versionsOfDatasets } from '../../lifecycle/datasets/store/lineage-store';
import { type VersionRun, versionsOfRuns } from '../../lifecycle/models/store/version-runs';
import { importanceRank } from '../../lifecycle/runs/lineage/logged-importances';
import { filesOfRun } from '../../lifecycle/runs/lineage/store/kept-content';
import { type RunFact, runFacts } from '../../lifecycle/runs/lineage/store/run-uses';
import type { Database } from '../../platform/sqlite/database';
import type { WeightSource } from '../../protocol/datasets/panel/column-weights';
import { RunEdges } from './run-edges';

/** `folder` is the workspace's. */
interface FilesAsked {
  dataset: string;
  folder: string;
}

/** One that may hold importances; nobody has looked into it. */
export interface ImportanceFile extends WeightSource {
  sha256: string;
}

/** The newest versions, whose runs are looked at; so many runs, and files of each. */
const mostVersions = 100;
const mostRuns = 50;
const mostFiles = 200;
const mostBytes = 1024 * 1024;

/**
 * Of the run that made a champion first, then of those that made a registered model, then of the newest; of a run the best by its name first. For a
 * reader thread: it reads what all recorded runs named.
 */
export function importanceFiles(database: Database, { dataset, folder }: FilesAsked): ImportanceFile[] {
  return trainedRuns(database, dataset, folder)
    .slice(0, mostRuns)
    .flatMap(({ run: { runId, name }, version }) => {
      const model = version === undefined ? null : modelText(version);
      return filesOf(database, runId).map(({ path, sha256 }) => ({ runId, run: name, file: path, model, sha256 }));
    });
}

interface TrainedRun {
  run: RunFact;
  /** The model version that it made which counts most. */
  version: VersionRun | undefined;
}

function trainedRuns(database: Database, dataset: string, folder: string): TrainedRun[] {
  const read = versionsOfDatasets(database, [dataset]).slice(-mostVersions);
  const edges = new RunEdges(database, folder).ofVersions(read);
  const ids = [
    ...new Set(edges.flatMap(({ from, to }) => (from.kind === 'version' && to.kind === 'run' ? [to.id] : []))),
  ];
  const made = Map.groupBy(
    versionsOfRuns(database, ids).filter(({ isDeleted }) => !isDeleted),
    ({ runId }) => runId,
  );
  const trained = runFacts(database, ids)
    .filter(({ isDeleted }) => !isDeleted)
    .map((run) => ({
      run,
      version: made.get(run.runId)?.sort((a, b) => rankOf(a) - rankOf(b) || b.created - a.created)[0],
    }));
  return trained.sort((a, b) => rankOf(a.version) - rankOf(b.version) || b.run.start - a.run.start);
}

function rankOf(version: VersionRun | undefined): number {
  if (version === undefined) return 3;
  if (version.aliases.includes('champion')) return 0;
  return version.aliases.length > 0 ? 1 : 2;
}

function modelText({ model, version, aliases }: VersionRun): string {
  return [`${model}/${version}`, ...aliases].join(', ');
}

function filesOf(database: Database, runId: string): { path: string; sha256: string }[] {
  return filesOfRun(database, runId, { endings: ['.json', '.csv'], most: mostFiles })
    .filter(({ size }) => size <= mostBytes)
    .flatMap((file) => {
      const rank = importanceRank(file.path);
      return rank === undefined ? [] : [{ ...file, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
}
