// What the outputs looked like before the command: a file that looks the same afterwards was not written by it.
import { type BigIntStats, existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SlipwayError } from '../../base/errors';

/** Entries of a folder that are looked at; what a larger one held before is not known. */
const mostEntries = 5000;

/** By path as the user wrote it: a text that differs once anything was written; undefined where that is not known. */
export type FileTraces = ReadonlyMap<string, string | undefined>;

/** Looks at each path, relative to `folder`, without reading any file. It is done before a command starts: a few stats. */
export function traceFiles(paths: readonly string[], folder: string): FileTraces {
  return new Map(paths.map((path) => [path, traceOf(resolve(folder, path))]));
}

/** Throws SlipwayError `invalid` for a path that is there and neither file nor folder: reading a pipe would never end. */
export function requireData(paths: readonly string[]): void {
  for (const path of paths) {
    if (!existsSync(resolve(path))) continue;
    const found = statSync(resolve(path));
    if (found.isFile() || found.isDirectory()) continue;
    throw new SlipwayError('invalid', `${path} is a device, a pipe or a socket, and no data.`);
  }
}

/** The trace of one path; a path that does not exist has one too. `most` is how many entries are looked at. */
export function traceOf(path: string, most = mostEntries): string | undefined {
  const marks: string[] = [];
  const look = (place: string): boolean => {
    const found = statSync(place, { bigint: true, throwIfNoEntry: false });
    marks.push(found === undefined ? 'none' : markOf(found));
    if (found?.isDirectory() !== true) return marks.length <= most;
    return readdirSync(place)
      .sort()
      .every((name) => marks.length <= most && look(join(place, name)));
  };
  try {
    return look(path) ? marks.join() : undefined;
  } catch {
    // Not readable, or links that lead round in a circle.
    return undefined;
  }
}

/** The time of the last change of any kind cannot be set by hand; the rest is for clocks that are coarse. */
function markOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino}.${size}.${mtimeNs}.${ctimeNs}`;
}
