// Hashes of files that were read before, for what is only shown: a decision reads the bytes anew.
import { fstat } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { contentHash } from '../../../../platform/files/content-hash';
import { heeding } from './heeding';

interface Hashed {
  sha256: string;
  size: number;
}

const mostKnown = 5000;
/** Milliseconds after a change in which another one may bear the same time. */
const unsettled = 2000;

/** By device, inode, size and the times of the last change: a file for which all of them are the same is not read again. */
export class KnownHashes {
  readonly #known = new Map<string, Hashed>();

  /** The hash of what the stream reads; the stream is used up. Throws when it is taken back, and what reading throws. */
  async of(stream: Readable, signal: AbortSignal): Promise<Hashed> {
    const stamp = await stampOf(stream);
    const known = stamp === undefined ? undefined : this.#known.get(stamp);
    if (known !== undefined) {
      stream.destroy();
      return known;
    }
    const found = await contentHash(heeding(stream, signal));
    if (stamp === undefined) return found;
    this.#known.set(stamp, found);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
    return found;
  }
}

/** Undefined for what is no file, or one that may still be changing. */
async function stampOf(stream: Readable): Promise<string | undefined> {
  const { fd } = stream as Readable & { fd?: unknown };
  if (typeof fd !== 'number') return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await promisify(fstat)(fd, { bigint: true });
  if (Date.now() - Number(ctimeMs) < unsettled) return undefined;
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
