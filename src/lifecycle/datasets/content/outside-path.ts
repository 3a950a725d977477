// Listings come from elsewhere too: from bundles, from DVC's cache.
import { isAbsolute } from 'node:path';

/** True for a path of a listing that would lead out of the folder it is joined to, or that no disk takes. */
export function isOutside(path: string): boolean {
  return isAbsolute(path) || path.includes('\0') || path.split('/').includes('..');
}
