// What the trash holds that is old enough to go for good. Pure functions of the database, for a reader thread.
import type { Database } from '../../../../platform/sqlite/database';
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

/** What has been in the trash since before `cutoff`; `artifacts` counts files deleted one by one. */
export interface TrashPlan {
  runs: Doomed[];
  loggedModels: Doomed[];
  /** `isUsed`: a run or a logged model in it is not in the trash. */
  experiments: { id: string; name: string; isUsed: boolean }[];
  artifacts: number;
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
  const artifacts = database
    .prepare<[number], { n: number }>('SELECT count(*) AS n FROM artifacts_trash WHERE deleted_time < ?')
    .get(cutoff);
  return {
    runs: runs.map(doomed),
    loggedModels: models.map(doomed),
    experiments: experiments.map(({ used, ...each }) => ({ ...each, isUsed: used === 1 })),
    artifacts: artifacts?.n ?? 0,
  };
}

/**
 * The hashes of all contents that something names, in the trash or out of it, but for artifacts below `gone` folders and
 * those deleted before `cutoff`.
 */
export function namedContents(database: Database, gone: ReadonlySet<string>, cutoff: number): Set<string> {
  const named = new Set<string>();
  type Named = { path: string; sha256: string; deleted: number | null };
  const rows = database.prepare<[], Named>(
    `SELECT path, sha256, NULL AS deleted FROM artifacts
     UNION ALL SELECT path, sha256, deleted_time FROM artifacts_trash`,
  );
  for (const { path, sha256, deleted } of rows.iterate()) {
    if ((deleted === null || deleted >= cutoff) && !isBelow(path, gone)) named.add(sha256);
  }
  return named;
}

/** Ids of runs that were erased, whose folders are nobody's. */
export function erasedRuns(database: Database): Set<string> {
  const rows = database.prepare<[], { run_id: string }>('SELECT run_id FROM erased_runs').all();
  return new Set(rows.map(({ run_id }) => run_id));
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (folders.has(path.slice(0, slash))) return true;
  }
  return false;
}
