// What a file or folder holds, as one hash.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './content-hash';

/** `files` is null for a single file. */
export interface PathContent {
  sha256: string;
  bytes: number;
  files: number | null;
}

/** The content of an absolute path. Rejects with the system's error when it, or a file below it, cannot be read. */
export async function pathContent(path: string): Promise<PathContent> {
  return (await stat(path)).isDirectory() ? hashFolder(path) : { ...(await hashFile(path)), files: null };
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
  const { sha256, size } = await contentHash(createReadStream(path, { highWaterMark: 1024 * 1024 }));
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
