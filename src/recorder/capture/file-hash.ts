// What a run read and wrote, by content.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf, systemCodeOf } from '../../base/errors';
import type { FileDigest } from '../../protocol/run';
import { type FileTraces, traceOf } from './file-traces';

interface Content {
  sha256: string;
  bytes: number;
  files: number;
}

/**
 * The digest of each path as the user wrote it, relative to `folder`. Never throws: `problem` says what failed.
 * `before` holds what outputs looked like when the command began.
 */
export async function hashPaths(
  paths: readonly string[],
  folder: string,
  before: FileTraces = new Map(),
): Promise<FileDigest[]> {
  const digests: FileDigest[] = [];
  for (const path of paths) {
    const written = writtenSince(before.get(path), resolve(folder, path));
    digests.push({ ...(await hashPath(path, folder)), written });
  }
  return digests;
}

/** Null when it is not known. */
function writtenSince(before: string | undefined, path: string): boolean | null {
  const now = before === undefined ? undefined : traceOf(path);
  return now === undefined ? null : now !== before;
}

async function hashPath(path: string, folder: string): Promise<Omit<FileDigest, 'written'>> {
  try {
    const absolute = resolve(folder, path);
    const isFolder = (await stat(absolute)).isDirectory();
    const content = isFolder ? await hashFolder(absolute) : await hashFile(absolute);
    return { path, ...content, files: isFolder ? content.files : null, problem: null };
  } catch (error) {
    return { path, sha256: null, bytes: null, files: null, problem: problemOf(path, error) };
  }
}

async function hashFile(path: string): Promise<Content> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
    }
  });
  return { sha256: hash.digest('hex'), bytes, files: 1 };
}

/** One hash over the sorted relative names and the hashes of the files below; times and modes do not count. */
async function hashFolder(folder: string): Promise<Content> {
  const hash = createHash('sha256');
  let bytes = 0;
  const names = await filesBelow(folder, '', new Set());
  for (const name of names.sort()) {
    const content = await hashFile(join(folder, name));
    hash.update(`${name}\0${content.sha256}\n`);
    bytes += content.bytes;
  }
  return { sha256: hash.digest('hex'), bytes, files: names.length };
}

/** Relative names with forward slashes. Links are followed, but never round in a circle. */
async function filesBelow(folder: string, prefix: string, seen: ReadonlySet<string>): Promise<string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  const above = new Set([...seen, real]);
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path) : entry;
    if (kind.isDirectory()) names.push(...(await filesBelow(path, `${prefix}${entry.name}/`, above)));
    else if (kind.isFile()) names.push(`${prefix}${entry.name}`);
  }
  return names;
}

function problemOf(path: string, error: unknown): string {
  const code = systemCodeOf(error);
  if (code === 'ENOENT') return `${path} does not exist.`;
  if (code === 'EACCES') return `${path} may not be read.`;
  return `${path} could not be hashed: ${messageOf(error)}`;
}
