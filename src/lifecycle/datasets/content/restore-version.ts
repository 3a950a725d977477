// A version's files, written to a path: whole or not at all, and over no other file.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { removeAbandoned } from '../../../platform/files/abandoned-files';
import { explainDiskFault } from '../../../platform/files/disk-fault';
import { shareFile } from '../../../platform/objects/placed-object';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { digestFile } from './file-digest';
import { otherFiles, type RestoreTarget, restoreTarget, unfinishedPlace } from './restore-target';

/** `name` is what the version is called in sentences. */
export interface RestoreTerms extends RestoreTarget {
  name: string;
  /** Places where a content may lie, the best first. */
  placesOf: (file: DatasetFile) => readonly string[];
  /** Told of bytes done and of all; may throw. */
  progress: (done: number, total: number) => void;
}

/**
 * Writes the files; over a folder that is there, those of the same name, and every other file stays. Returns how many
 * others there are. Throws SlipwayError `already-exists` unless `force`, `not-found` where a content is not kept anywhere,
 * `invalid` for a target that may not be written, `disk-full` and the like; nothing is changed then, but for a folder
 * whose files could not all be renamed, which the sentence says.
 */
export function restoreVersion(terms: RestoreTerms): number {
  const { to } = terms;
  try {
    const { place, isFolderThere } = restoreTarget(terms);
    const unfinished = unfinishedPlace(place);
    removeAbandoned(place);
    rmSync(unfinished, { recursive: true, force: true });
    try {
      writeContents(terms, unfinished);
      if (isFolderThere) return moveInto(place, unfinished, terms);
      renameSync(unfinished, place);
      return 0;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  } catch (error) {
    throw explainDiskFault(error, dirname(to));
  }
}

function writeContents(terms: RestoreTerms, unfinished: string): void {
  mkdirSync(dirname(unfinished), { recursive: true });
  const total = terms.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of terms.files) {
    const place = file.path === '' ? unfinished : join(unfinished, file.path);
    mkdirSync(dirname(place), { recursive: true });
    writeContent(terms, file, place);
    done += file.bytes;
    terms.progress(done, total);
  }
}

function writeContent(terms: RestoreTerms, file: DatasetFile, place: string): void {
  for (const from of terms.placesOf(file)) {
    if (!existsSync(from)) continue;
    if (!shareFile(from, place)) copyFileSync(from, place);
    if (digestFile(place, { names: ['sha256'], read: () => terms.progress(0, 0) }).sha256 === file.sha256) return;
    rmSync(place, { force: true });
  }
  const what = file.path === '' ? 'its content' : file.path;
  throw new SlipwayError(
    'not-found',
    `${terms.name} cannot be restored: ${what} is not kept, and its file has changed.`,
  );
}

/** Each file takes its name in one step, so that none of them is ever half there. Returns how many others stay. */
function moveInto(folder: string, unfinished: string, { files, progress }: RestoreTerms): number {
  const others = otherFiles(folder, new Set(files.map(({ path }) => path)), () => progress(0, 0));
  for (const [done, { path }] of files.entries()) {
    try {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      renameSync(join(unfinished, path), join(folder, path));
    } catch (error) {
      const why = systemCodeOf(error) ?? messageOf(error);
      const sentence = `${path} could not be written to ${folder} (${why}), and ${done} of its ${files.length} files are new there already. Mend that and restore again.`;
      throw new SlipwayError('read-only', sentence, { cause: error });
    }
  }
  return others;
}
