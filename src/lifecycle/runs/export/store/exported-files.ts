// Which files the runs and models have that are exported, and where the workspace says they lie.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** A file by its path below its run's or model's artifacts, with the hash of its content. */
export interface ExportedFile {
  path: string;
  sha256: string;
  size: number;
}

/** The address of a run's or logged model's files, and its experiment; undefined when there is none of that id. */
export function filesAddress(
  database: Database,
  { kind, id }: { kind: 'run' | 'logged-model'; id: string },
): { address: string; experimentId: string } | undefined {
  const sql =
    kind === 'run'
      ? 'SELECT artifact_uri AS address, experiment_id AS experimentId FROM runs WHERE run_id = ?'
      : 'SELECT artifact_uri AS address, experiment_id AS experimentId FROM logged_models WHERE model_id = ?';
  return prepared<[string], { address: string; experimentId: string }>(database, sql).get(id);
}

/** The files below a folder of the artifact root, by path. */
export function filesInFolder(database: Database, folder: string): ExportedFile[] {
  const below = prepared<[string, string], ExportedFile>(
    database,
    'SELECT path, sha256, size FROM artifacts WHERE path > ? AND path < ? ORDER BY path',
  );
  const prefix = `${folder}/`;
  return below.all(prefix, `${folder}0`).map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
}
