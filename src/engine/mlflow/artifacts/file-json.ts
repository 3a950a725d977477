// One entry of a folder in MLflow's JSON.
import type { ArtifactEntry } from '../../../protocol/run';

/** The entry under `path`, which is relative to whatever was asked. A folder has no size. */
export function fileJson(entry: ArtifactEntry, path: string): object {
  return { path, is_dir: entry.isDirectory, ...(entry.size === null ? {} : { file_size: entry.size }) };
}
