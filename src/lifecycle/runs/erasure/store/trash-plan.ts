// What the trash holds that is old enough to go for good. Pure functions of the database, for a reader thread.
import type { Database } from '../../../../platform/sqlite/database';
import { isBelow } from '../../artifacts/below-folder';
import { proxiedFolder } from '../../artifacts/proxied-folder';

/** A run or logged model in the trash; `folder` is where its artifacts lie, undefined when that is not here. */
export interface Doomed {
  id: string;
  name: string;
  experimentId: string;
  folder: string | undefined;
  /** True while its recorder has not said its last word. */
  isOpen: boolean;
}

/** What has been in the trash since before `cutoff`. */
export interface TrashPlan {
  runs: Doomed[];
  loggedModels: Doomed[];
  /** `isUsed`: a run or a logged model in it is not in the trash. */
  experiments: { id: string; name: string; isUsed: boolean }[];
}

/** Which files go: those below `gone` folders, and those deleted before `cutoff` that are not below `spared` ones. */
export interface DoomedFiles {
  cutoff: number;
  gone: ReadonlySet<string>;
  spared: ReadonlySet<string>;
}

interface Row {
  id: string;
  name: string;
  experiment_id: string;
  artifact_uri: string;
  open: number;
}

/** Reads the whole trash. `cutoff` in epoch milliseconds. */
export function readTrash(database: Database, cutoff: number): TrashPlan {
  const doomed = ({ id, name, experiment_id: experimentId, artifact_uri, open }: Row): Doomed => ({
    id,
    name,
    experimentId,
    folder: proxiedFolder(artifact_uri),
    isOpen: open === 1,
  });
  const runs = database
    .prepare<[number], Row>(
      `SELECT r.run_id AS id, r.name, r.experiment_id, r.artifact_uri, coalesce(c.done = 0, 0) AS open FROM runs r
       LEFT JOIN recordings c USING (run)
       WHERE r.lifecycle_stage = 'deleted' AND r.deleted_time < ? ORDER BY r.deleted_time, r.run_id`,
    )
    .all(cutoff);
  const models = database
    .prepare<[number], Row>(
      `SELECT model_id AS id, name, experiment_id, artifact_uri, 0 AS open FROM logged_models
       WHERE lifecycle_stage = 'deleted' AND last_update_time < ? ORDER BY model_id`,
    )
    .all(cutoff);
  const experiments = database
    .prepare<[number], { id: string; name: string; used: number }>(
      `SELECT experiment_id AS id, name,
         EXISTS (SELECT 1 FROM runs r WHERE r.experiment_id = e.experiment_id AND r.lifecycle_stage = 'active')
         OR EXISTS (SELECT 1 FROM logged_models m WHERE m.experiment_id = e.experiment_id AND m.lifecycle_stage = 'active') AS used
       FROM experiments e
       WHERE lifecycle_stage = 'deleted' AND last_update_time < ? AND experiment_id <> '0' ORDER BY name`,
    )
    .all(cutoff);
  return {
    runs: runs.map(doomed),
    loggedModels: models.map(doomed),
    experiments: experiments.map(({ used, ...each }) => ({ ...each, isUsed: used === 1 })),
  };
}

/** The hashes of all contents that something names when these files are gone, in the trash or out of it. */
export function namedContents(database: Database, files: DoomedFiles): Set<string> {
  const named = new Set<string>();
  const rows = database.prepare<[], { path: string; sha256: string }>('SELECT path, sha256 FROM artifacts');
  for (const { path, sha256 } of rows.iterate()) if (!isBelow(path, files.gone)) named.add(sha256);
  for (const each of deletedFiles(database)) if (!isDoomed(each, files)) named.add(each.sha256);
  return named;
}

/** How many files that were deleted one by one go, but for those that go with their folder; how many are old and spared. */
export function countDeleted(database: Database, files: DoomedFiles): { doomed: number; spared: number } {
  const counts = { doomed: 0, spared: 0 };
  for (const { path, deleted } of deletedFiles(database)) {
    if (deleted >= files.cutoff || isBelow(path, files.gone)) continue;
    counts[isBelow(path, files.spared) ? 'spared' : 'doomed'] += 1;
  }
  return counts;
}

interface DeletedFile {
  path: string;
  sha256: string;
  deleted: number;
}

function deletedFiles(database: Database): IterableIterator<DeletedFile> {
  const sql = 'SELECT path, sha256, deleted_time AS deleted FROM artifacts_trash';
  return database.prepare<[], DeletedFile>(sql).iterate();
}

function isDoomed({ path, deleted }: DeletedFile, { cutoff, gone, spared }: DoomedFiles): boolean {
  return isBelow(path, gone) || (deleted < cutoff && !isBelow(path, spared));
}

/** Where the artifacts of these runs and logged models lie, as far as that is here. */
export function foldersOf(database: Database, ids: ReadonlySet<string>): Set<string> {
  const rows = database
    .prepare<[string, string], { artifact_uri: string }>(
      `SELECT artifact_uri FROM runs WHERE run_id IN (SELECT value FROM json_each(?))
       UNION ALL SELECT artifact_uri FROM logged_models WHERE model_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...ids]), JSON.stringify([...ids]));
  return new Set(rows.flatMap(({ artifact_uri }) => proxiedFolder(artifact_uri) ?? []));
}

/** Ids of runs that were erased, whose folders are nobody's. */
export function erasedRuns(database: Database): Set<string> {
  const rows = database.prepare<[], { run_id: string }>('SELECT run_id FROM erased_runs').all();
  return new Set(rows.map(({ run_id }) => run_id));
}
