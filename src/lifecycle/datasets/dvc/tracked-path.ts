// What DVC and Git LFS say about the paths of datasets, beside what was read of them last.
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Database } from '../../../platform/sqlite/database';
import type { DatasetDefinition, TrackedPath } from '../../../protocol/datasets/dataset';
import { isLfsPointer } from '../content/git-lfs-pointer';
import { isGlob } from '../content/glob';
import { type DvcOut, dvcId } from './dvc-out';
import { DvcRepository } from './dvc-repository';
import { isEdited } from './edited-out';

/** `folder` is the workspace's; `latest` what DVC calls the version that was read last, null where that is not known. */
export interface TrackedQuery {
  folder: string;
  datasets: { path: DatasetDefinition['path'] | null; latest: string | null }[];
}

/** One answer per dataset, null for a path that nobody tracks. It looks through a repository and may hash files, so it is for a reader thread. */
export function trackedPaths(database: Database, { folder, datasets }: TrackedQuery): (TrackedPath | null)[] {
  const outs = new Map<string, DvcOut[]>();
  return datasets.map(({ path, latest }) => {
    if (typeof path !== 'string' || isGlob(path)) return null;
    const place = resolve(folder, path);
    try {
      const pointer = pointerAt(path, place);
      if (pointer !== null) return pointer;
      // A repository may lie in another one.
      const repository = DvcRepository.around(dirname(place));
      if (repository === undefined) return null;
      const all = outs.get(repository.root) ?? repository.state().outs;
      outs.set(repository.root, all);
      const out = all.find((each) => each.place === place);
      if (out === undefined) return null;
      const edited = existsSync(place) ? isEdited(database, out, { folder, root: repository.root }) : undefined;
      return trackedBy(out, { folder, path, latest, edited });
    } catch {
      // What may not be looked at is told where it is read; a list of datasets must not fail for it.
      return null;
    }
  });
}

function trackedBy(
  out: DvcOut,
  {
    folder,
    path,
    latest,
    edited,
  }: { folder: string; path: string; latest: string | null; edited: boolean | undefined },
): TrackedPath {
  const known = { by: 'dvc', id: dvcId(out), file: relative(folder, out.saidBy) } as const;
  if (!existsSync(out.place)) {
    return {
      ...known,
      state: 'missing',
      advice: `${path} is not here. \`dvc pull\` fetches it, or restore a version.`,
    };
  }
  if (edited) {
    const advice = `${path} was changed since. Refresh the dataset and track it with DVC, or run \`dvc checkout\`.`;
    return { ...known, state: 'changed', advice };
  }
  // DVC 2 names texts by their lines; only what was read in its way could be compared.
  const isSame = out.algorithm !== 'md5' || known.id === null || latest === null || latest === known.id;
  if (isSame) return { ...known, state: 'here', advice: null };
  const advice = `The newest version is not the one that ${known.file} asks for. Track it with DVC, or run \`dvc checkout\`.`;
  return { ...known, state: 'changed', advice };
}

/** Git LFS leaves a pointer where the data are not fetched. */
function pointerAt(path: string, place: string): TrackedPath | null {
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found?.isFile() || !isLfsPointer(place, found.size)) return null;
  const advice = `${path} is a pointer: the data themselves are not here. Run \`git lfs pull\`.`;
  return { by: 'git-lfs', id: null, file: null, state: 'not fetched', advice };
}
