// A version's files, written to a path: whole or not at all.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { SlipwayError, systemCodeOf } from '../../../base/errors';
import { removeAbandoned } from '../../../platform/files/abandoned-files';
import { explainDiskFault } from '../../../platform/files/disk-fault';
import { shareFile } from '../../../platform/objects/placed-object';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { digestFile } from './file-digest';

/** `name` is what the version is called in sentences, `workspace` the folder that must not be written over. */
export interface RestoreTerms {
  name: string;
  files: readonly DatasetFile[];
  /** An absolute path. */
  to: string;
  force: boolean;
  workspace: string;
  /** Places where a content may lie, the best first. */
  placesOf: (file: DatasetFile) => readonly string[];
  /** Told of bytes done and of all; may throw. */
  progress: (done: number, total: number) => void;
}

/**
 * Writes the files. Throws SlipwayError `already-exists` unless `force`, `not-found` where a content is not kept anywhere,
 * `invalid` for a target that may not be replaced, `disk-full` and the like; nothing is changed then.
 */
export function restoreVersion(terms: RestoreTerms): void {
  const { to, files } = terms;
  checkTarget(terms);
  const unfinished = `${to}.${process.pid}.unfinished`;
  removeAbandoned(to);
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(dirname(to), { recursive: true });
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const file of files) {
      const place = file.path === '' ? unfinished : join(unfinished, file.path);
      mkdirSync(dirname(place), { recursive: true });
      writeContent(terms, file, place);
      done += file.bytes;
      terms.progress(done, total);
    }
    putInPlace(unfinished, to);
  } catch (error) {
    throw explainDiskFault(error, dirname(to));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function checkTarget({ to, force, workspace }: RestoreTerms): void {
  const found = statSync(to, { throwIfNoEntry: false });
  const isAbove = `${resolve(workspace)}${sep}`.startsWith(to.endsWith(sep) ? to : `${to}${sep}`);
  const isOwn = resolve(to)
    .split(sep)
    .some((part) => part === '.slipway' || part === '.git');
  if (isAbove || isOwn) throw new SlipwayError('invalid', `${to} is not a place for data. Name another one.`);
  if (found === undefined) return;
  if (!found.isFile() && !found.isDirectory()) {
    throw new SlipwayError(
      'invalid',
      `${to} is a device, a pipe or a socket and was left as it is. Name a file or a folder.`,
    );
  }
  if (!force) throw new SlipwayError('already-exists', `${to} exists and was left as it is. --force writes over it.`);
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

/** What was there is put aside until the new one has its name, so that it can be put back. */
function putInPlace(unfinished: string, to: string): void {
  const found = statSync(to, { throwIfNoEntry: false });
  if (found === undefined || (found.isFile() && statSync(unfinished).isFile())) {
    renameSync(unfinished, to);
    return;
  }
  const aside = `${to}.aside.${process.pid}.unfinished`;
  renameSync(to, aside);
  try {
    renameSync(unfinished, to);
  } catch (error) {
    renameSync(aside, to);
    throw error;
  }
  try {
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    const sentence = `${to} was written, but what was there before could not be taken away (${systemCodeOf(error)}): it lies in ${aside}.`;
    throw new SlipwayError('read-only', sentence, { cause: error });
  }
}
