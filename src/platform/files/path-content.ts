// What a file or folder holds, as one hash.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { contentHash } from './content-hash';

/** `files` is null for a single file. */
export interface PathContent {
  sha256: string;
  bytes: number;
  files: number | null;
}

/**
 * The content of an absolute path. Rejects with the system's error when it, or a file below it, cannot be read, with
 * SlipwayError `invalid` when it is neither file nor folder.
 */
export async function pathContent(path: string): Promise<PathContent> {
  const found = await stat(path);
  if (found.isDirectory()) return hashFolder(path);
  if (!found.isFile()) throw new SlipwayError('invalid', 'it is a device, a pipe or a socket, and no data.');
  return { ...(await hashFile(path)), files: null };
}

/** Its size in bytes, without reading it. Rejects as `pathContent` does. */
export async function pathSize(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  let bytes = 0;
  for (const name of await filesBelow(path, '', new Set())) bytes += (await stat(join(path, name))).size;
  return bytes;
}

async function hashFile(path: string): Promise<{ sha256: string; bytes: number }> {
  // A pipe may have come in its place meanwhile, and its open would wait for whoever writes into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { sha256, size } = await contentHash(file.createReadStream({ highWaterMark: 1024 * 1024 }));
  return { sha256, bytes: size };
}

/** One hash over the sorted relative names and the hashes of the files below; times and modes do not count. */
async function hashFolder(folder: string): Promise<PathContent> {
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
