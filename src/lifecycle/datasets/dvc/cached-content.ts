// Data that DVC tracks and that are not checked out: they can be read where its cache keeps them.
import { statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { FoundFiles } from '../content/found-files';
import { isGlob } from '../content/glob';
import { cachedFiles, cachePlace } from './dvc-cache';
import { DvcRepository } from './dvc-repository';

/**
 * The files of a path that DVC tracks, as they lie in its cache; undefined for one that it does not track, or does not have
 * either. Throws SlipwayError `invalid` or `damaged` for files of DVC's that cannot be read.
 */
export function contentInCache(folder: string, path: string): FoundFiles | undefined {
  if (isGlob(path)) return undefined;
  const place = resolve(folder, path);
  const repository = DvcRepository.around(folder);
  const out = repository?.outAt(place);
  if (repository === undefined || out === undefined || out.place !== place) return undefined;
  const files = cachedFiles(repository.config.cache, out);
  if (files === undefined) return undefined;
  return {
    root: place,
    kind: out.isFolder ? 'folder' : 'single',
    files: files.map((file) => ({ path: file.path, place: file.place, stat: statSync(file.place, { bigint: true }) })),
    notes: [`${path} is not here, so it was read from DVC's cache, as ${basename(out.saidBy)} asks for it.`],
  };
}

/** What to do about a path that DVC tracks and that is nowhere here; undefined for one that it does not track. */
export function adviceOnMissing(folder: string, path: string): string | undefined {
  if (isGlob(path)) return undefined;
  const place = resolve(folder, path);
  const out = DvcRepository.around(folder)?.outAt(place);
  if (out === undefined || out.place !== place) return undefined;
  return `${path} is tracked by DVC (${relative(folder, out.saidBy)}) and is neither here nor in its cache. Run \`dvc pull\`.`;
}

/** Where DVC's cache keeps a content, if the folder is in a repository of its. */
export function cachedPlace(folder: string, md5: string): string | undefined {
  const repository = DvcRepository.around(folder);
  return repository === undefined ? undefined : cachePlace(repository.config.cache, md5, 'md5');
}
