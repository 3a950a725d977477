// What a run read and wrote, by content.
import { resolve } from 'node:path';
import { messageOf, systemCodeOf } from '../../base/errors';
import { pathContent } from '../../platform/files/path-content';
import type { FileDigest } from '../../protocol/run';
import { type FileTraces, traceOf } from './file-traces';

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
    return { path, ...(await pathContent(resolve(folder, path))), problem: null };
  } catch (error) {
    return { path, sha256: null, bytes: null, files: null, problem: problemOf(path, error) };
  }
}

function problemOf(path: string, error: unknown): string {
  const code = systemCodeOf(error);
  if (code === 'ENOENT') return `${path} does not exist.`;
  if (code === 'EACCES') return `${path} may not be read.`;
  return `${path} could not be hashed: ${messageOf(error)}`;
}
