// A text file that the user names.
import { readFileSync, statSync } from 'node:fs';
import { SlipwayError } from '../../base/errors';

/** Its text. Throws SlipwayError `not-found` saying `absent`, `invalid` for what is no file: reading a pipe would never end. */
export function givenText(path: string, absent: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new SlipwayError('not-found', absent);
  if (!found.isFile()) throw new SlipwayError('invalid', `${path} is not a file. Name one.`);
  return readFileSync(path, 'utf8');
}
