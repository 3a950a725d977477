// One entry of a folder in MLflow's JSON.
import type { ArtifactEntry } from '../../../protocol/run';

/** The entry under `path`, which is relative to whatever was asked. Folders and empty files have no size, as MLflow tells it. */
export function fileJson(entry: ArtifactEntry, path: string): object {
  return { path, is_dir: entry.isDirectory, ...(entry.size ? { file_size: entry.size } : {}) };
}
