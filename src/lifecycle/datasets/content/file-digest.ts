// Both names of a file's content in one reading: SHA-256, which is ours, and MD5, which is DVC's.
import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { stampOf } from './file-stamp';

export type DigestName = 'sha256' | 'md5';

/** The digests of a file, '' for one that was not asked for, and how the file looked when its reading was done. */
export interface FileDigest {
  sha256: string;
  md5: string;
  stat: BigIntStats;
}

/** Which digests to make; `read` is told of bytes and may throw. */
export interface DigestTerms {
  names: readonly DigestName[];
  read: (bytes: number) => void;
}

const pieceBytes = 1024 * 1024;
const tries = 3;
const buffer = Buffer.allocUnsafeSlow(pieceBytes);

/**
 * Reads a file, again when it changed meanwhile. Throws SlipwayError `conflict` for one that does not hold still, `invalid`
 * for one that cannot be read.
 */
export function digestFile(place: string, terms: DigestTerms): FileDigest {
  try {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const digest = digestOnce(place, terms);
      if (digest !== undefined) return digest;
    }
  } catch (error) {
    if (SlipwayError.is(error)) throw error;
    const why =
      systemCodeOf(error) === 'ENOENT'
        ? 'went away while it was read'
        : `cannot be read (${systemCodeOf(error) ?? messageOf(error)})`;
    throw new SlipwayError('invalid', `${basename(place)} in ${dirname(place)} ${why}.`, { cause: error });
  }
  const sentence = `${place} is being written: it changed each time it was read. Try again when that is done.`;
  throw new SlipwayError('conflict', sentence);
}

/** Undefined when it changed between its first byte and its last. */
function digestOnce(place: string, { names, read }: DigestTerms): FileDigest | undefined {
  const file = openSync(place, 'r');
  try {
    const before = fstatSync(file, { bigint: true });
    const hashes = names.map((name) => [name, createHash(name)] as const);
    let size = 0n;
    for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) {
      const piece = bytes === pieceBytes ? buffer : buffer.subarray(0, bytes);
      for (const [, hash] of hashes) hash.update(piece);
      size += BigInt(bytes);
      read(bytes);
      // One that grows while it is read would never end.
      if (size > before.size) return undefined;
    }
    const stat = fstatSync(file, { bigint: true });
    if (stampOf(stat) !== stampOf(before) || size !== stat.size) return undefined;
    const digests = Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]));
    return { sha256: '', md5: '', ...digests, stat };
  } finally {
    closeSync(file);
  }
}
