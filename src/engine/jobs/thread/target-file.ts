// Where a job is to write: a file that is not there yet, in a folder that is and that is not the engine's own.
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { checkReplaceable } from '../../../platform/files/unfinished-file';
import { WorkspaceLayout } from '../../../protocol/folder/layout';

/** The file to write, and what must not be written over: `root` is the workspace's folder, `database` its engine's file. */
export interface Target {
  file: string;
  force: boolean;
  root: string;
  database: string;
}

/**
 * Throws SlipwayError `already-exists` for a file that is there unless `force`, `not-found` for a folder that is not,
 * `invalid` for a place in `.slipway`, the database wherever it lies, and what is no file, with `force` too.
 */
export function checkTarget({ file, force, root, database }: Target): void {
  if (statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SlipwayError('not-found', `There is no folder ${dirname(file)}. Make it first.`);
  }
  const place = join(realpathSync(dirname(file)), basename(file));
  if (isBelow(place, realpathSync(new WorkspaceLayout(root).home)) || isOfDatabase(database, place)) {
    throw new SlipwayError('invalid', `${file} would lie among the engine's own files. Name a file somewhere else.`);
  }
  // A link that leads nowhere is there, too.
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return;
  checkReplaceable(file);
  if (!force) {
    throw new SlipwayError('already-exists', `${file} exists and was left as it is. --force writes over it.`);
  }
}

function isBelow(place: string, folder: string): boolean {
  const below = relative(folder, place);
  return below !== '..' && !below.startsWith(`..${sep}`);
}

function isOfDatabase(database: string, place: string): boolean {
  // SQLite writes where a link leads, and looks for it by the link's name.
  const names = [join(realpathSync(dirname(database)), basename(database)), realpathSync(database)];
  return names.some((name) => ['', '-wal', '-shm', '-journal'].some((suffix) => place === `${name}${suffix}`));
}
