// A folder in which files lie under their own names, for people who want to see them there. Nothing outside it is
// ever read or written, whatever links lie inside.
import { randomUUID } from 'node:crypto';
import { type Dirent, rmSync } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { SlipwayError, systemCodeOf } from '../../base/errors';
import { explainDiskFault } from '../files/disk-fault';
import type { ByteRange } from './object-store';
import { readAhead, streamToFile } from './stream-to-file';

/** A file or folder. `path` is relative to the root, with forward slashes. */
export interface PlainEntry {
  path: string;
  isDirectory: boolean;
  size: number | null;
}

const incoming = '.slipway-incoming';

/** Files below `root`. Paths are relative, checked by the caller, with forward slashes; '' is the root itself. */
export class PlainFolder {
  readonly #root: string;

  /** `root` is made on first write. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Writes `body` whole or not at all. Throws SlipwayError `invalid` where a file stands in a folder's place. */
  async write(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    refuseOwn(path);
    const target = join(this.#root, path);
    const temporary = join(this.#root, incoming, randomUUID());
    try {
      await mkdir(dirname(temporary), { recursive: true });
      await streamToFile(body, temporary);
      await this.#confirmInside(dirname(target));
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw explainCollision(explainDiskFault(error, this.#root), path);
    }
  }

  /** The file at `path`, or undefined where there is none (or a folder). Throws SlipwayError `invalid` for a way out. */
  async find(path: string): Promise<{ size: number; open(range?: ByteRange): Promise<Readable> } | undefined> {
    const place = await this.#existing(path);
    if (place === undefined) return undefined;
    const found = await stat(place);
    if (!found.isFile()) return undefined;
    return {
      size: found.size,
      open: async (range) => (await open(place, 'r')).createReadStream({ ...range, highWaterMark: readAhead }),
    };
  }

  /** What lies directly in the folder `path`, by name; empty when there is no such folder. */
  async list(path: string): Promise<PlainEntry[]> {
    const place = await this.#existing(path);
    if (place === undefined || !(await stat(place)).isDirectory()) return [];
    const entries = await readdir(place, { withFileTypes: true });
    const visible = entries.filter((entry) => path !== '' || !isOwn(entry.name));
    const described = await Promise.all(visible.map((entry) => this.#describe(path, entry)));
    return described
      .filter((entry) => entry !== undefined)
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** The files below the folder `path` and their bytes together; none when there is no such folder. */
  async count(path: string): Promise<{ files: number; bytes: number }> {
    const sum = { files: 0, bytes: 0 };
    for (const entry of await this.list(path)) {
      const below = entry.isDirectory ? await this.count(entry.path) : { files: 1, bytes: entry.size ?? 0 };
      sum.files += below.files;
      sum.bytes += below.bytes;
    }
    return sum;
  }

  /** Removes a file, or a folder with all below it. A link is removed, never what it points to. */
  async remove(path: string): Promise<number> {
    refuseOwn(path);
    await this.#confirmInside(dirname(join(this.#root, path)));
    const place = join(this.#root, path);
    const found = await lstat(place).catch(() => undefined);
    if (found === undefined) return 0;
    const { files } = found.isDirectory() ? await this.count(path) : { files: 1 };
    await rm(place, { recursive: true, force: true });
    return Math.max(1, files);
  }

  /** What was removed here is gone: people who keep plain files have their own trash. */
  async restore(_path: string): Promise<number> {
    return 0;
  }

  /** Nothing: there is no trash here. */
  deleted(_folder: string): never[] {
    return [];
  }

  /** Removes what uploads that never ended have left. Only before the first `write`. */
  sweep(): void {
    rmSync(join(this.#root, incoming), { recursive: true, force: true });
  }

  async #describe(path: string, entry: Dirent): Promise<PlainEntry | undefined> {
    const child = path === '' ? entry.name : `${path}/${entry.name}`;
    const place = await this.#existing(child).catch(() => undefined);
    if (place === undefined) return undefined;
    const found = await stat(place);
    return { path: child, isDirectory: found.isDirectory(), size: found.isDirectory() ? null : found.size };
  }

  async #existing(path: string): Promise<string | undefined> {
    if (isOwn(path)) return undefined;
    try {
      const place = await realpath(join(this.#root, path));
      if (!isWithin(place, await realpath(this.#root))) throw wayOut();
      return place;
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  /** Follows the links of the deepest folder that exists above `place`. */
  async #confirmInside(place: string): Promise<void> {
    const root = await realpath(this.#root).catch(() => undefined);
    if (root === undefined) return;
    for (let at = place; at.length >= this.#root.length; at = dirname(at)) {
      const real = await realpath(at).catch((error: unknown) => {
        if (isAbsence(error)) return undefined;
        throw error;
      });
      if (real === undefined) continue;
      if (!isWithin(real, root)) throw wayOut();
      return;
    }
  }
}

/** True below the folder in which uploads wait; some file systems know it by other cases too. */
function isOwn(path: string): boolean {
  return path.split('/', 1)[0]?.toLowerCase() === incoming;
}

function refuseOwn(path: string): void {
  if (isOwn(path)) throw new SlipwayError('invalid', `Invalid path: ${incoming} is where uploads wait to be whole.`);
}

function isWithin(place: string, root: string): boolean {
  return place === root || place.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isAbsence(error: unknown): boolean {
  const code = systemCodeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

function wayOut(): SlipwayError {
  const details = { unsoundPath: true };
  return new SlipwayError('invalid', 'Invalid path: a link in it leads out of the artifact folder.', { details });
}

function explainCollision(error: unknown, path: string): unknown {
  const code = systemCodeOf(error);
  if (code === 'EISDIR' || code === 'ENOTEMPTY' || (code === 'EEXIST' && !path.includes('/'))) {
    return new SlipwayError('invalid', `Invalid path: ${path} is a folder.`, { cause: error });
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new SlipwayError('invalid', `Invalid path: a part of ${path} is a file, not a folder.`, { cause: error });
  }
  return error;
}
