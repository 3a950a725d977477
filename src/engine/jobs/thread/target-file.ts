// Where a job is to write: a file that is not there yet, in a folder that is.
import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SlipwayError } from '../../../base/errors';

/** Throws SlipwayError `already-exists` for a file that is there unless `force`, `not-found` for a folder that is not. */
export function checkTarget(file: string, force: boolean): void {
  if (statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SlipwayError('not-found', `There is no folder ${dirname(file)}. Make it first.`);
  }
  // A link that leads nowhere is there, too.
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return;
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new SlipwayError('invalid', `${file} is a folder. Name a file in it.`);
  if (!force) {
    throw new SlipwayError('already-exists', `${file} exists and was left as it is. --force writes over it.`);
  }
}
