// Where a version may be written: never over what is not data, also where a link leads there.
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { DatasetFile } from '../../../protocol/datasets/dataset';

/** What is to be written where; `workspace` is the folder whose own files must not be written over. */
export interface RestoreTarget {
  files: readonly DatasetFile[];
  /** An absolute path. */
  to: string;
  force: boolean;
  workspace: string;
}

/** Most bytes of a name, of nearly every file system. */
const longestName = 255;
const ownFolders = ['.slipway', '.git'];

/** The place beside `place` where a version is written before it gets its name. */
export function unfinishedPlace(place: string): string {
  return `${place}.${process.pid}.unfinished`;
}

/**
 * The place to write, and whether a folder is there to be written into. Throws SlipwayError `invalid` for one that may not
 * be written, `already-exists` for one that is there unless `force`.
 */
export function restoreTarget(target: RestoreTarget): { place: string; isFolderThere: boolean } {
  const { to, files, force } = target;
  requireShortName(to);
  const real = realPlace(to);
  requireData(real, target);
  const found = statSync(real, { throwIfNoEntry: false });
  if (found === undefined) {
    const isLink = lstatSync(to, { throwIfNoEntry: false }) !== undefined;
    if (isLink) throw invalid(`${to} is a link that leads nowhere and was left as it is. Name another place.`);
    return { place: to, isFolderThere: false };
  }
  if (!found.isFile() && !found.isDirectory()) {
    throw invalid(`${to} is a device, a pipe or a socket and was left as it is. Name a file or a folder.`);
  }
  const isFile = files.length === 1 && files[0]?.path === '';
  if (isFile && found.isDirectory()) {
    throw invalid(`${to} is a folder and was left as it is: the version is one file. Name a file, such as one in it.`);
  }
  if (!isFile && found.isFile()) {
    throw invalid(`${to} is a file and was left as it is: the version is a folder. Name a folder.`);
  }
  if (!force) {
    const what = isFile ? 'it' : 'the files in it that have the same names';
    throw new SlipwayError('already-exists', `${to} exists and was left as it is. --force writes over ${what}.`);
  }
  if (isFile) return { place: to, isFolderThere: false };
  for (const { path } of files) requireOwnPlace(real, path, target);
  return { place: real, isFolderThere: true };
}

/** How many files below `folder` are not among `paths`, which are relative with '/'. `goOn` may throw. */
export function otherFiles(folder: string, paths: ReadonlySet<string>, goOn: () => void): number {
  let others = 0;
  const folders = [''];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    goOn();
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (!paths.has(path)) others += 1;
    }
  }
  return others;
}

function requireShortName(to: string): void {
  const most = longestName - Buffer.byteLength(basename(unfinishedPlace('')));
  const long = to.split(sep).find((name) => Buffer.byteLength(name) > most);
  if (long === undefined) return;
  throw invalid(`A name in the path is too long (${Buffer.byteLength(long)} bytes). Name a path of shorter names.`);
}

/** The path with every link in it followed, as far as it is there. Throws for one below a file. */
function realPlace(place: string): string {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found !== undefined) return realpathSync.native(place);
  const folder = dirname(place);
  const above = realPlace(folder);
  const isFolder = statSync(above, { throwIfNoEntry: false })?.isDirectory() ?? true;
  if (!isFolder) throw invalid(`${folder} is a file, so nothing can be written below it. Name another place.`);
  return join(above, basename(place));
}

function requireData(real: string, { to, workspace }: RestoreTarget): void {
  const home = realpathSync.native(workspace);
  const isAbove = `${home}${sep}`.startsWith(real.endsWith(sep) ? real : `${real}${sep}`);
  const isOwn = real.split(sep).some((part) => ownFolders.includes(part.toLowerCase()));
  const isConfig = real.toLowerCase() === join(home, 'slipway.yaml').toLowerCase();
  if (isAbove || isOwn || isConfig) throw invalid(`${to} is not a place for data. Name another one.`);
}

/** A link in the folder must not lead a file out of it, and a file must not take a folder's name, nor a folder a file's. */
function requireOwnPlace(folder: string, path: string, target: RestoreTarget): void {
  const place = join(folder, path);
  const above = realPlace(dirname(place));
  if (!`${above}${sep}`.startsWith(`${folder}${sep}`)) {
    throw invalid(`${dirname(place)} is a link that leads to ${above}, and was left as it is. Name another folder.`);
  }
  requireData(join(above, basename(place)), { ...target, to: place });
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    throw invalid(`${place} is a folder, and a file in the version. Nothing was written. Name another folder.`);
  }
}

function invalid(sentence: string): SlipwayError {
  return new SlipwayError('invalid', sentence);
}
