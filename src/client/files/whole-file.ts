// A file of the user's that is written over only by a whole one: until then the new one lies beside it.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SlipwayError, systemCodeOf } from '../../base/errors';

/**
 * Writes `content` to the absolute path `target`, in the place of what is there, and returns its size in bytes. Folders
 * on the way are made. When the content ends early, or `signal` says so, what was there is as it was, and this throws what
 * the content threw, an AbortError, or SlipwayError `disk-full`.
 */
export async function writeWholeFile(
  target: string,
  content: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): Promise<number> {
  await mkdir(dirname(target), { recursive: true });
  // A link stays one: what it leads to is replaced.
  const place = await realpath(target).catch(() => target);
  // Not longer for a long name: the disk takes no name of more than 255 bytes.
  const temporary = join(dirname(place), `.slipway-${randomBytes(6).toString('hex')}.unfinished`);
  try {
    const stream = createWriteStream(temporary, { flags: 'wx' });
    await pipeline(content, stream, signal === undefined ? {} : { signal });
    await rename(temporary, place);
    return stream.bytesWritten;
  } catch (error) {
    await rm(temporary, { force: true });
    if (!['ENOSPC', 'EDQUOT'].includes(systemCodeOf(error) ?? '')) throw error;
    const sentence = `The disk that holds ${dirname(place)} is full; ${basename(target)} was not saved. Free some space, then try again.`;
    throw new SlipwayError('disk-full', sentence, { cause: error });
  }
}
