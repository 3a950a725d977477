// DVC's cache: contents by their md5, in the layout of DVC 3 or of DVC 2.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as z from 'zod';
import { SlipwayError } from '../../../base/errors';
import { isOutside } from '../content/outside-path';
import type { DvcAlgorithm, DvcOut } from './dvc-out';

/** One file of an out: `path` is relative to a folder, '' for a single file; `place` is its object. */
export interface CachedFile {
  path: string;
  md5: string;
  place: string;
}

const listing = z.array(z.looseObject({ md5: z.string().regex(/^[0-9a-f]{32}$/), relpath: z.string().min(1) }));

/** Where the object of a content lies, whether it is there or not. `.dir` is part of a listing's digest. */
export function cachePlace(cache: string, digest: string, algorithm: DvcAlgorithm): string {
  const layout = algorithm === 'md5' ? join(cache, 'files', 'md5') : cache;
  return join(layout, digest.slice(0, 2), digest.slice(2));
}

/**
 * The files of an out as the cache has them; undefined where any of them is missing there. Throws SlipwayError `damaged`
 * for a listing that is none, or that names a file outside of its folder.
 */
export function cachedFiles(cache: string, out: DvcOut): CachedFile[] | undefined {
  if (out.md5 === null) return undefined;
  const objectOf = (md5: string): string => cachePlace(cache, md5, out.algorithm);
  if (!out.isFolder) {
    const place = objectOf(out.md5);
    return existsSync(place) ? [{ path: '', md5: out.md5, place }] : undefined;
  }
  const files = listedFiles(cache, out)?.map(({ path, md5 }) => ({ path, md5, place: objectOf(md5) }));
  return files?.every(({ place }) => existsSync(place)) ? files : undefined;
}

/** What DVC's listing of a folder names; undefined where the cache has no listing. Throws as `cachedFiles`. */
export function listedFiles(cache: string, out: DvcOut): { path: string; md5: string }[] | undefined {
  const place = cachePlace(cache, `${out.md5}.dir`, out.algorithm);
  if (!existsSync(place)) return undefined;
  const parsed = listing.safeParse(jsonOf(readFileSync(place, 'utf8')));
  if (!parsed.success) throw damaged(place, 'is not the listing of a folder');
  const files = parsed.data.map(({ relpath, md5 }) => {
    if (isOutside(relpath)) throw damaged(place, `names ${relpath}, which lies outside of the folder`);
    return { path: relpath, md5 };
  });
  const clash = contradiction(files.map(({ path }) => path));
  if (clash !== undefined) throw damaged(place, clash);
  return files;
}

/** No folder can hold them: a name twice, or a file that another one needs as its folder. */
function contradiction(paths: readonly string[]): string | undefined {
  const names = new Set<string>();
  for (const path of paths.map((each) => posix.normalize(each))) {
    if (names.has(path)) return `names ${path} twice`;
    names.add(path);
  }
  for (const path of names) {
    for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above))
      if (names.has(above)) return `names ${above} as a file and as the folder of ${path}`;
  }
  return undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function damaged(place: string, what: string): SlipwayError {
  return new SlipwayError('damaged', `${place} in DVC's cache ${what}. Take it away and run \`dvc pull\`.`);
}
