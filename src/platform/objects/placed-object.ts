// A file of the disk becomes an object, or an object a file, with its bytes shared where the file system can do that.
import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../../base/errors';

const cannotShare = ['ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EINVAL', 'ENOSYS', 'ENOTTY', 'EPERM'];

/** False, with nothing left, where the file system cannot share bytes between two files. Throws other errors. */
export function shareFile(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    rmSync(to, { force: true });
    if (cannotShare.includes(systemCodeOf(error) ?? '')) return false;
    throw error;
  }
}

/** Where the content of that hash lies below `root`, the folder of an `ObjectStore`. */
export function objectPlace(root: string, sha256: string): string {
  return join(root, sha256.slice(0, 2), sha256.slice(2));
}

/** The hashes of all objects below `root`. */
export function storedHashes(root: string): string[] {
  const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  return namesIn(root)
    .filter((folder) => /^[0-9a-f]{2}$/.test(folder))
    .flatMap((folder) => namesIn(join(root, folder)).map((rest) => `${folder}${rest}`))
    .filter((hash) => /^[0-9a-f]{64}$/.test(hash));
}

/**
 * Makes the file `from` the object `sha256` below `root` unless it is there. `share` makes the new file; `isWhole` is asked
 * before it gets its name, and when it says no nothing is kept. Returns whether the object is there now.
 */
export function placeObject(
  root: string,
  { sha256, from }: { sha256: string; from: string },
  { share, isWhole }: { share: (from: string, to: string) => void; isWhole: () => boolean },
): boolean {
  const place = objectPlace(root, sha256);
  if (existsSync(place)) return true;
  const temporary = join(root, 'tmp', randomUUID());
  mkdirSync(dirname(temporary), { recursive: true });
  try {
    share(from, temporary);
    if (!isWhole()) return false;
    mkdirSync(dirname(place), { recursive: true });
    renameSync(temporary, place);
    return true;
  } finally {
    rmSync(temporary, { force: true });
  }
}
