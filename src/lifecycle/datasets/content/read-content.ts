// What a dataset's path holds now, by content. Files that look as they did when they were read last are not read again.
import { sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { isRacy, stampOf } from './file-stamp';
import type { FoundFile, FoundFiles } from './found-files';
import { isLfsPointer } from './git-lfs-pointer';
import { type Listing, listingOf } from './listing';

/** What is remembered of a file: its digests while it looks as `stamp` says. `path` as `rememberedPath` makes it. */
export interface HashedFile {
  path: string;
  stamp: string;
  sha256: string;
  md5: string;
}

/** The digests of a file, how it looked then, and when the reading began in epoch milliseconds. */
export interface ReadFile {
  sha256: string;
  md5: string;
  size: number;
  stamp: string;
  isRacy: boolean;
}

/** Where to look, what is known, and who reads. */
export interface ContentTerms {
  /** The workspace's folder, from which paths are remembered. */
  folder: string;
  found: FoundFiles;
  known: (paths: readonly string[]) => ReadonlyMap<string, Omit<HashedFile, 'path'>>;
  /** Told how many bytes must be read, before they are. */
  plan: (bytes: number) => void;
  /** Reads files, in their order. Throws SlipwayError `conflict`, `invalid`, and `unavailable` once it is cancelled. */
  read: (files: readonly FoundFile[]) => Promise<ReadFile[]>;
  /** What was read, for the next time; also when reading is broken off later. */
  remember: (files: HashedFile[]) => Promise<void>;
}

/** A content as it was read: where each file of the listing lies and how it looked. */
export interface ReadContent {
  listing: Listing;
  found: FoundFiles;
  /** By path in the listing. */
  places: Map<string, { place: string; stamp: string }>;
  hashed: number;
  notes: string[];
}

const filesAtOnce = 1000;
/** Milliseconds after which a disk of our day would tell another change. */
const settleTime = 60;
const settledBytes = 64 * 1024 * 1024;
const bytesAtOnce = 256 * 1024 * 1024;

/** Reads what was found. Throws SlipwayError as `read` does, `not-found` for pointers of Git LFS. */
export async function readContent(terms: ContentTerms): Promise<ReadContent> {
  const { found } = terms;
  const files: DatasetFile[] = [];
  const unread: FoundFile[] = [];
  const places: ReadContent['places'] = new Map();
  const remembered = found.files.map(({ place }) => rememberedPath(terms.folder, place));
  const knownFiles = terms.known(remembered);
  for (const [index, each] of found.files.entries()) {
    const stamp = stampOf(each.stat);
    const known = knownFiles.get(remembered[index] ?? '');
    if (known?.stamp !== stamp) {
      unread.push(each);
      continue;
    }
    files.push({ path: each.path, sha256: known.sha256, md5: known.md5, bytes: Number(each.stat.size) });
    places.set(each.path, { place: each.place, stamp });
  }
  terms.plan(unread.reduce((sum, { stat }) => sum + Number(stat.size), 0));
  const racy: FoundFile[] = [];
  for (const batch of batches(unread)) {
    const read = await terms.read(batch);
    const fresh: HashedFile[] = [];
    for (const [index, { path, place }] of batch.entries()) {
      const { sha256, md5, size, stamp, isRacy: isFresh } = read[index] as ReadFile;
      if (isLfsPointer(place, size)) throw notFetched(place);
      files.push({ path, sha256, md5, bytes: size });
      places.set(path, { place, stamp });
      if (isFresh) racy.push(batch[index] as FoundFile);
      else fresh.push({ path: rememberedPath(terms.folder, place), stamp, sha256, md5 });
    }
    await terms.remember(fresh);
  }
  await settle(terms, racy, files);
  const listing = listingOf(files, found.kind);
  return { listing, found, places, hashed: unread.length, notes: [...found.notes] };
}

/**
 * Reads files that changed just before they were read once more, a moment later: only then can they be remembered. Throws
 * SlipwayError `conflict` for one that changed again.
 */
async function settle(terms: ContentTerms, racy: readonly FoundFile[], files: readonly DatasetFile[]): Promise<void> {
  const bytes = racy.reduce((sum, { stat }) => sum + Number(stat.size), 0);
  if (racy.length === 0 || bytes > settledBytes) return;
  await pause(settleTime);
  const known = new Map(files.map((file) => [file.path, file.sha256]));
  const again = await terms.read(racy);
  const settled = racy.flatMap(({ path, place }, index): HashedFile[] => {
    const { sha256, md5, stamp, isRacy: isFresh } = again[index] as ReadFile;
    if (known.get(path) !== sha256)
      throw new SlipwayError('conflict', `${place} is being written. Try again when that is done.`);
    return isFresh ? [] : [{ path: rememberedPath(terms.folder, place), stamp, sha256, md5 }];
  });
  await terms.remember(settled);
}

/** A file of the workspace by its path there, another one by its whole path: a workspace may be moved. */
export function rememberedPath(folder: string, place: string): string {
  const start = folder.endsWith(sep) ? folder : folder + sep;
  if (!place.startsWith(start)) return place;
  const path = place.slice(start.length);
  return sep === '/' ? path : path.split(sep).join('/');
}

/** What a digest said of a file, for `ReadContent`. */
export function readFileOf(
  { sha256, md5, stat }: { sha256: string; md5: string; stat: FoundFile['stat'] },
  began: number,
): ReadFile {
  return { sha256, md5, size: Number(stat.size), stamp: stampOf(stat), isRacy: isRacy(stat, began) };
}

function* batches(files: readonly FoundFile[]): Generator<FoundFile[]> {
  let batch: FoundFile[] = [];
  let bytes = 0;
  for (const file of files) {
    batch.push(file);
    bytes += Number(file.stat.size);
    if (batch.length < filesAtOnce && bytes < bytesAtOnce) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function notFetched(place: string): SlipwayError {
  const sentence = `${place} is a pointer of Git LFS: the data themselves are not here. Run \`git lfs pull\`.`;
  return new SlipwayError('not-found', sentence);
}
