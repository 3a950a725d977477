// How much memory a run took at most, and how large its model is.
import type { Database } from '../../../../platform/sqlite/database';
import { proxiedFolder } from '../../artifacts/proxied-folder';

/** In bytes; null where nothing is known. */
export interface RunSizes {
  peakMemory: number | null;
  modelSize: number | null;
}

/** The sizes of a run, by its id. A model is what was logged as one, else a folder with an `MLmodel`, else an `.onnx`. */
export function runSizes(database: Database, runId: string): RunSizes {
  const memory = database
    .prepare<[string], number>(
      `SELECT max_value FROM metric_series JOIN runs USING (run) WHERE run_id = ? AND key = 'system/memory_megabytes'`,
    )
    .pluck()
    .get(runId);
  const found = modelPlaces(database, runId).map(([from, to]) => sizeOf(database, from, to));
  const modelSize = found.reduce((sum, size) => sum + size, 0);
  return { peakMemory: memory === undefined ? null : memory * 1e6, modelSize: modelSize === 0 ? null : modelSize };
}

type Place = [from: string, to: string];

/** From which path up to which the files of the run's models lie. */
function modelPlaces(database: Database, runId: string): Place[] {
  const logged = database
    .prepare<[string], string>(
      `SELECT artifact_uri FROM logged_models WHERE source_run_id = ? AND lifecycle_stage = 'active'`,
    )
    .pluck()
    .all(runId)
    .flatMap((uri) => proxiedFolder(uri) ?? []);
  if (logged.length > 0) return logged.map(below);
  const uri = database.prepare<[string], string>('SELECT artifact_uri FROM runs WHERE run_id = ?').pluck().get(runId);
  const folder = uri === undefined ? undefined : proxiedFolder(uri);
  if (folder === undefined) return [];
  const named = (pattern: string): string[] =>
    database
      .prepare<[string, string, string], string>(
        'SELECT path FROM artifacts WHERE path > ? AND path < ? AND path GLOB ?',
      )
      .pluck()
      .all(...below(folder), pattern);
  const packaged = named('*/MLmodel').map((path) => below(path.slice(0, -'/MLmodel'.length)));
  return packaged.length > 0 ? packaged : named('*.onnx').map((path): Place => [path, `${path}\u0000`]);
}

function below(folder: string): Place {
  return [`${folder}/`, `${folder}0`];
}

function sizeOf(database: Database, from: string, to: string): number {
  return (
    database
      .prepare<[string, string], number>('SELECT coalesce(sum(size), 0) FROM artifacts WHERE path >= ? AND path < ?')
      .pluck()
      .get(from, to) ?? 0
  );
}
