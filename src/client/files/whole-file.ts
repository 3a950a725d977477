// A file of the user's that is written over only by a whole one: until then the new one lies beside it.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SlipwayError, systemCodeOf } from '../../base/errors';

/**
 * Writes `content` to the absolute path `target`, in the place of what is there, and returns its size in bytes. Folders
 * on the way are made. When the content ends early, or `signal` says so, what was there is as it was, and this throws what
 * the content threw, an AbortError, or SlipwayError `disk-full`, or `read-only` where nothing can be written there,
 * `invalid` where a folder is there.
 */
export async function writeWholeFile(
  target: string,
  content: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): Promise<number> {
  await makeFolder(dirname(target)).catch((error: unknown) => {
    throw explained(error, target);
  });
  // A link stays one: what it leads to is replaced.
  const place = await realpath(target).catch(() => target);
  const temporary = besideOf(place);
  try {
    const stream = createWriteStream(temporary, { flags: 'wx' });
    await pipeline(content, stream, signal === undefined ? {} : { signal });
    await rename(temporary, place);
    return stream.bytesWritten;
  } catch (error) {
    await rm(temporary, { force: true });
    // What its content says of itself is not about the place.
    const { path = temporary } = error as { path?: unknown };
    throw path === temporary ? explained(error, place) : error;
  }
}

/**
 * Tries whether anything can be written at the absolute path `target`, before work whose result is to lie there; what is
 * made for that is taken away again. Throws SlipwayError as `writeWholeFile` does.
 */
export async function requireWritable(target: string): Promise<void> {
  const folder = dirname(target);
  let made: string | undefined;
  try {
    made = await makeFolder(folder);
    const place = besideOf(await realpath(target).catch(() => target));
    await (await open(place, 'wx')).close();
    await rm(place);
  } catch (error) {
    throw explained(error, target);
  } finally {
    if (made !== undefined) await removeEmpty(folder, made);
  }
}

/**
 * Makes it with the folders above it, and returns the first that was made. Node's own way of that never ends in a folder
 * such as /proc, where nobody can make one (tried with 24.21).
 */
async function makeFolder(folder: string): Promise<string | undefined> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return undefined;
  const above = dirname(folder) === folder ? undefined : await makeFolder(dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    // Somebody else made it meanwhile.
    const isNow = systemCodeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory();
    if (!isNow) throw error;
    return above;
  }
  return above ?? folder;
}

/** From `folder` up to `first`, which holds it or is it. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let each = folder; each.length >= first.length; each = dirname(each)) {
    try {
      await rmdir(each);
    } catch {
      // Somebody else writes there by now.
      return;
    }
  }
}

/** Not longer for a long name: the disk takes no name of more than 255 bytes. */
function besideOf(place: string): string {
  return join(dirname(place), `.slipway-${randomBytes(6).toString('hex')}.unfinished`);
}

const unwritable = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'ELOOP'];

/** The system's word in a sentence, where it is about the place. */
function explained(error: unknown, target: string): unknown {
  const code = systemCodeOf(error) ?? '';
  const folder = dirname(target);
  if (['ENOSPC', 'EDQUOT'].includes(code)) {
    const sentence = `The disk that holds ${folder} is full; ${basename(target)} was not saved. Free some space, then try again.`;
    return new SlipwayError('disk-full', sentence, { cause: error });
  }
  if (code === 'EISDIR') return new SlipwayError('invalid', `${target} is a folder. Name a file.`, { cause: error });
  if (!unwritable.includes(code)) return error;
  const sentence = `${folder} cannot be written (${code}), so ${basename(target)} cannot be saved there. Name another folder, or check its permissions.`;
  return new SlipwayError('read-only', sentence, { cause: error });
}
