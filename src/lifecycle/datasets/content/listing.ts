// The listing of a version's files, which names it.
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SlipwayError } from '../../../base/errors';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { isOutside } from './outside-path';

/** What a version is: its files in the order of their paths, its id, and what DVC calls the same. */
export interface Listing {
  id: string;
  /** Null where DVC has no name for it: a glob or a list is none of its outs. */
  dvc: string | null;
  files: DatasetFile[];
  bytes: number;
}

/** `single`: one file, `folder`: all below one, `list`: a pattern or a list. */
export type ListingKind = 'single' | 'folder' | 'list';

/**
 * The listing of these files. A single file is named by its own SHA-256. Others by the SHA-256 of `PATH NUL SHA256 LF` for
 * each, which is what a recorded run's `--input` of the same folder is named by too.
 */
export function listingOf(given: readonly DatasetFile[], kind: ListingKind): Listing {
  // The order of the recorder's folder hash: by UTF-16 units.
  const files = [...given].sort((a, b) => (a.path < b.path ? -1 : 1));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const [only] = files;
  if (kind === 'single' && only !== undefined) return { id: only.sha256, dvc: only.md5, files, bytes };
  const hash = createHash('sha256');
  for (const { path, sha256 } of files) hash.update(`${path}\0${sha256}\n`);
  return { id: hash.digest('hex'), dvc: kind === 'folder' ? `${dvcFolder(files).md5}.dir` : null, files, bytes };
}

/** What DVC lists of a folder, to the byte, and the MD5 of that text, which with `.dir` behind it is its id. */
export function dvcFolder(files: readonly Pick<DatasetFile, 'path' | 'md5'>[]): { text: string; md5: string } {
  const isPlain = !files.some(({ path }) => surrogate.test(path));
  const order = isPlain ? (a: string, b: string): number => (a < b ? -1 : 1) : byCodePoint;
  const sorted = [...files].sort((a, b) => order(a.path, b.path));
  const entries = sorted.map(({ path, md5 }) => `{"md5": "${md5}", "relpath": ${asciiJson(path)}}`);
  const text = `[${entries.join(', ')}]`;
  return { text, md5: createHash('md5').update(text).digest('hex') };
}

/** A listing as it is kept. */
export function packListing(files: readonly DatasetFile[]): Buffer {
  const lines = files.map(({ path, sha256, md5, bytes }) => JSON.stringify([path, sha256, md5, bytes]));
  return deflateRawSync(lines.join('\n'), { level: 1 });
}

/** Throws SlipwayError `damaged` for bytes that are no listing, or one of files outside of the version's folder. */
export function unpackListing(packed: Uint8Array): DatasetFile[] {
  try {
    const lines = inflateRawSync(packed).toString('utf8').split('\n');
    return lines.map((line) => {
      const [path, sha256, md5, bytes] = JSON.parse(line) as [string, string, string, number];
      // Both become paths.
      if (isOutside(path) || !sha256Text.test(sha256)) throw new Error(`a file that no version has: ${path}`);
      return { path, sha256, md5, bytes };
    });
  } catch (error) {
    const sentence =
      'The listing of a dataset version cannot be read. `slipway doctor` says whether the database is damaged.';
    throw new SlipwayError('damaged', sentence, { cause: error });
  }
}

const sha256Text = /^[0-9a-f]{64}$/;
/** Half of a character beyond 16 bits: without one, both orders are the same. */
const surrogate = /[\ud800-\udfff]/;

/** Python's order of texts; that of JavaScript puts what lies beyond 16 bits before U+E000. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return Buffer.compare(left, right);
}

/** As Python's json writes a text: nothing but ASCII. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
