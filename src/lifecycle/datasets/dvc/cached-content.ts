// Data that DVC tracks and that are not checked out: they can be read where its cache keeps them.
import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { FoundFiles } from '../content/found-files';
import { isGlob } from '../content/glob';
import { cachedFiles, cachePlace, listedFiles } from './dvc-cache';
import { readDvcFile } from './dvc-file';
import type { DvcOut } from './dvc-out';
import { DvcRepository } from './dvc-repository';

/**
 * The files of a path that DVC tracks, or that lies in a folder it tracks, as they are in its cache; undefined for one that
 * it does not track, or does not have either. Throws SlipwayError `invalid` or `damaged` for files of DVC's that cannot be
 * read.
 */
export function contentInCache(folder: string, path: string): FoundFiles | undefined {
  if (isGlob(path)) return undefined;
  const place = resolve(folder, path);
  const repository = DvcRepository.around(dirname(place));
  const out = repository?.outAt(place);
  if (repository === undefined || out === undefined) return undefined;
  const files = filesAt(place, out, cachedFiles(repository.config.cache, out));
  if (files.length === 0) return undefined;
  return {
    root: place,
    kind: files.length === 1 && files[0]?.path === '' ? 'single' : 'folder',
    files: files.map((file) => ({ path: file.path, place: file.place, stat: statSync(file.place, { bigint: true }) })),
    notes: [`${path} is not here, so it was read from DVC's cache, as ${basename(out.saidBy)} asks for it.`],
  };
}

/** What to do about a path that DVC tracks and that is nowhere here; undefined for one that it does not track. */
export function adviceOnMissing(folder: string, path: string): string | undefined {
  if (isGlob(path)) return undefined;
  const place = resolve(folder, path);
  const repository = DvcRepository.around(dirname(place));
  const out = repository?.outAt(place);
  if (repository === undefined || out === undefined) return undefined;
  const listed = out.isFolder && out.place !== place ? listedFiles(repository.config.cache, out) : undefined;
  // The folder is tracked, and has no such file.
  if (listed !== undefined && filesAt(place, out, listed).length === 0) return undefined;
  return `${path} is tracked by DVC (${relative(folder, out.saidBy)}) and is neither here nor in its cache. Run \`dvc pull\`.`;
}

/** Throws SlipwayError `invalid` for a `.dvc` file of DVC's, which names data and holds none. */
export function refuseDvcFile(folder: string, path: string): void {
  const place = resolve(folder, path);
  if (!place.endsWith('.dvc') || !statSync(place, { throwIfNoEntry: false })?.isFile()) return;
  const [out] = outsOf(place).filter(({ md5 }) => md5 !== null);
  if (out === undefined) return;
  const named = relative(folder, out.place).split(sep).join('/');
  const sentence = `${path} is a file of DVC's and holds no data: it names ${named}. Give ${named}, which is read from DVC's cache where it is not here.`;
  throw new SlipwayError('invalid', sentence);
}

/** None for a file that only has the ending. */
function outsOf(place: string): DvcOut[] {
  try {
    return readDvcFile(place);
  } catch (error) {
    if (SlipwayError.is(error, 'invalid')) return [];
    throw error;
  }
}

/** Those of an out's files that are at `place` or below it, their paths from there. */
function filesAt<File extends { path: string }>(
  place: string,
  out: DvcOut,
  files: readonly File[] | undefined,
): File[] {
  const start = relative(out.place, place).split(sep).join('/');
  if (start === '') return [...(files ?? [])];
  return (files ?? [])
    .filter(({ path }) => path === start || path.startsWith(`${start}/`))
    .map((file) => ({ ...file, path: file.path.slice(start.length + 1) }));
}

/** Says where DVC's cache keeps a content by its md5, or would; nothing where `folder` is in no repository of its. */
export function cachedPlaces(folder: string): (md5: string) => string[] {
  const repository = DvcRepository.around(folder);
  return (md5) => (repository === undefined ? [] : [cachePlace(repository.config.cache, md5, 'md5')]);
}
