// What DVC says about the path of a dataset, beside what was read of it last.
import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isLfsPointer } from '../../lifecycle/datasets/content/git-lfs-pointer';
import { isGlob } from '../../lifecycle/datasets/content/glob';
import { dvcId } from '../../lifecycle/datasets/dvc/dvc-out';
import { DvcRepository } from '../../lifecycle/datasets/dvc/dvc-repository';
import type { DatasetDefinition, TrackedPath } from '../../protocol/datasets/dataset';

/** Null for a path that DVC does not track. `latest` is the version that was read last. */
export function trackedPath(
  folder: string,
  { path }: DatasetDefinition,
  latest: { dvc: string | null } | undefined,
): TrackedPath | null {
  if (typeof path !== 'string' || isGlob(path)) return null;
  const place = resolve(folder, path);
  try {
    const pointer = pointerAt(path, place);
    if (pointer !== null) return pointer;
    const out = DvcRepository.around(folder)?.outAt(place);
    if (out === undefined || out.place !== place) return null;
    const id = dvcId(out);
    const file = relative(folder, out.saidBy);
    if (!existsSync(place)) {
      return {
        by: 'dvc',
        id,
        file,
        state: 'missing',
        advice: `${path} is not here. \`dvc pull\` fetches it, or restore a version.`,
      };
    }
    // DVC 2 names texts by their lines; only what was read in its way could be compared.
    if (out.algorithm !== 'md5' || id === null || latest?.dvc === undefined || latest.dvc === null) {
      return { by: 'dvc', id, file, state: 'here', advice: null };
    }
    if (latest.dvc === id) return { by: 'dvc', id, file, state: 'here', advice: null };
    const advice = `The newest version is not the one that ${file} asks for. Track it with DVC, or run \`dvc checkout\`.`;
    return { by: 'dvc', id, file, state: 'changed', advice };
  } catch {
    // A .dvc file with a mistake is told where it is used; a list of datasets must not fail for it.
    return null;
  }
}

/** Git LFS leaves a pointer where the data are not fetched. */
function pointerAt(path: string, place: string): TrackedPath | null {
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found?.isFile() || !isLfsPointer(place, found.size)) return null;
  const advice = `${path} is a pointer: the data themselves are not here. Run \`git lfs pull\`.`;
  return { by: 'git-lfs', id: null, file: null, state: 'not fetched', advice };
}
