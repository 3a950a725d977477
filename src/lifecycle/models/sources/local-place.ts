// Places on this machine's disk, by where they really are.
import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { systemCodeOf } from '../../../base/errors';
import { uriParts } from '../../../base/uri';

/** The path behind a plain path or `file:` URI of this machine; undefined for one of another host, or none at all. */
function localPath(uri: string): string | undefined {
  const { scheme, host, path } = uriParts(uri);
  if (scheme === '') return uri.includes('\0') ? undefined : uri;
  if (scheme !== 'file' || !/^(?:localhost|127\.0\.0\.1)?(?::\d+)?$/.test(host)) return undefined;
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** The path with every link followed, as far as it exists. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path || systemCodeOf(error) !== 'ENOENT') return path;
    return join(followed(parent), basename(path));
  }
}

/** True when `source` really lies in the folder `root`, links followed; both are plain paths or `file:` URIs. */
export function liesIn(source: string, root: string): boolean {
  const [inner, outer] = [localPath(source), localPath(root)];
  if (inner === undefined || outer === undefined) return false;
  const way = relative(followed(resolve(outer)), followed(resolve(inner)));
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way;
}
