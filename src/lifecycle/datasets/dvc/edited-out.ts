// Whether what lies at an out's place is still what DVC knows there, as far as that is told without reading much.
import { SlipwayError } from '../../../base/errors';
import type { Database } from '../../../platform/sqlite/database';
import { digestFile } from '../content/file-digest';
import { stampOf } from '../content/file-stamp';
import { type FoundFile, findFiles } from '../content/found-files';
import { dvcFolder } from '../content/listing';
import { rememberedPath } from '../content/read-content';
import { rememberedFiles } from '../store/content-store';
import { dos2unixMd5 } from './dos2unix-md5';
import { dvcIgnore } from './dvc-ignore';
import type { DvcOut } from './dvc-out';

/** Bytes that are read for it, and files that are looked at. */
const mostBytes = 64 * 1024 * 1024;
const mostLooks = 20_000;

/**
 * True for other bytes, false for the same; undefined where that is not known, as of large files that nobody read lately.
 * `folder` is the workspace's, `root` the repository's.
 */
export function isEdited(
  database: Database,
  { place, md5, bytes, isFolder, algorithm }: DvcOut,
  { folder, root }: { folder: string; root: string },
): boolean | undefined {
  if (md5 === null || (isFolder && algorithm !== 'md5')) return undefined;
  const found = filesAt(place);
  if (found === undefined) return undefined;
  const isIgnored = dvcIgnore(root);
  const files = isFolder ? found.filter((file) => !isIgnored(file.place)) : found;
  const total = files.reduce((sum, { stat }) => sum + Number(stat.size), 0);
  if (bytes !== null && total !== bytes) return true;
  if (algorithm !== 'md5') return total > mostBytes ? undefined : dos2unixMd5(place) !== md5;
  const digests = digestsOf(database, folder, files);
  if (digests === undefined) return undefined;
  return (isFolder ? dvcFolder(digests).md5 : digests[0]?.md5) !== md5;
}

/** Undefined for what cannot be read, and for very many. */
function filesAt(place: string): FoundFile[] | undefined {
  let looks = 0;
  const goOn = (): void => {
    looks += 1;
    if (looks > mostLooks) throw new SlipwayError('too-large', 'There are too many files.');
  };
  try {
    return findFiles(place, ['.'], goOn).files;
  } catch (error) {
    if (SlipwayError.is(error)) return undefined;
    throw error;
  }
}

/** Files that look as they did when they were read are not read again. */
function digestsOf(
  database: Database,
  folder: string,
  files: readonly FoundFile[],
): { path: string; md5: string }[] | undefined {
  const paths = files.map(({ place }) => rememberedPath(folder, place));
  const remembered = rememberedFiles(database, paths);
  const known = files.map(({ stat }, index) => {
    const each = remembered.get(paths[index] ?? '');
    return each?.stamp === stampOf(stat) ? each.md5 : undefined;
  });
  const unread = files.reduce((sum, { stat }, index) => sum + (known[index] ? 0 : Number(stat.size)), 0);
  if (unread > mostBytes) return undefined;
  const read = (place: string): string => digestFile(place, { names: ['md5'], read: () => undefined }).md5;
  return files.map(({ path, place }, index) => ({ path, md5: known[index] || read(place) }));
}
