// Whose folder below the artifact root an address names. Every run and logged model has one of its own, ending with its id:
// what is erased with it is only its own.
import { SlipwayError } from '../../../base/errors';
import { proxiedFolder } from './proxied-folder';

const insideAnother = /(?:^|\/)(?:[0-9a-f]{32}|models\/[^/]+)\/artifacts\//;

/**
 * `own` is how the folder of a run (`ID/artifacts`) or logged model (`models/ID/artifacts`) ends. Throws SlipwayError
 * `invalid` for an address of another's folder, of one inside it, or of one around it; addresses elsewhere are not judged.
 */
export function checkOwnFolder(artifactUri: string, own: string): void {
  const folder = proxiedFolder(artifactUri);
  if (folder === undefined) return;
  const above = folder.slice(0, -own.length);
  if (`/${folder}`.endsWith(`/${own}`) && !insideAnother.test(above)) return;
  throw new SlipwayError('invalid', `Its files lie at ${artifactUri}, which is not its own folder.`);
}

/** True for a place among the files of a run or logged model: what lies there is erased with that one. */
export function isInOwnFolder(location: string): boolean {
  const folder = proxiedFolder(location);
  return folder !== undefined && insideAnother.test(`${folder}/`);
}
