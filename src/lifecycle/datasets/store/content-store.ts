// Which contents versions hold in the object store, and which files were read already.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { HashedFile } from '../content/read-content';

const fewFiles = 2000;
const surrogate = /[\ud800-\udfff]/;

/** Names contents of the object store as data. In the caller's transaction. */
export function nameContents(database: Database, contents: readonly { sha256: string; size: number }[]): void {
  const add = prepared(database, 'INSERT OR IGNORE INTO dataset_contents (sha256, size) VALUES (?, ?)');
  for (const { sha256, size } of contents) add.run(sha256, size);
}

/** True when a version, or one that is being read, holds that content. */
export function isDatasetContent(database: Database, sha256: string): boolean {
  return (
    prepared<[string], unknown>(database, 'SELECT 1 FROM dataset_contents WHERE sha256 = ?').get(sha256) !== undefined
  );
}

/** Remembers what was read of files. */
export function rememberFiles(database: Database, files: readonly HashedFile[]): void {
  const put = prepared(
    database,
    `INSERT INTO hashed_files (path, stamp, sha256, md5) VALUES (?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, sha256 = excluded.sha256, md5 = excluded.md5`,
  );
  for (const { path, stamp, sha256, md5 } of files) put.run(path, stamp, sha256, md5);
}

/** What is remembered of files, by path. Many of them are mostly all of a folder, and read in one go. */
export function rememberedFiles(database: Database, paths: readonly string[]): Map<string, Omit<HashedFile, 'path'>> {
  if (paths.length < fewFiles) {
    const found = paths.flatMap((path) => {
      const known = rememberedFile(database, path);
      return known === undefined ? [] : [[path, known] as const];
    });
    return new Map(found);
  }
  const [first, last] = extremes(paths);
  const rows = prepared<[string, string], HashedFile>(
    database,
    'SELECT path, stamp, sha256, md5 FROM hashed_files WHERE path BETWEEN ? AND ?',
  );
  return new Map(rows.all(first, last).map(({ path, ...known }) => [path, known]));
}

/** In SQLite's order, which is that of the bytes. */
function extremes(paths: readonly string[]): [string, string] {
  let [first, last] = [paths[0] ?? '', paths[0] ?? ''];
  for (const path of paths) {
    if (path < first) first = path;
    if (path > last) last = path;
  }
  // Beyond 16 bits the orders of bytes and of JavaScript differ: a path in between may be such a one, too.
  return surrogate.test(first + last) ? ['', '\u{10ffff}'] : [first, last];
}

/** What is remembered of a file. */
export function rememberedFile(database: Database, path: string): Omit<HashedFile, 'path'> | undefined {
  const sql = 'SELECT stamp, sha256, md5 FROM hashed_files WHERE path = ?';
  return prepared<[string], Omit<HashedFile, 'path'>>(database, sql).get(path);
}

/** What was read of files is known no more. */
export function forgetFiles(database: Database, paths: readonly string[]): void {
  const sql = 'DELETE FROM hashed_files WHERE path IN (SELECT value FROM json_each(?))';
  prepared(database, sql).run(JSON.stringify(paths));
}

/** Paths of files that something is remembered of, in their order, after `after`; at most `limit`. */
export function rememberedPaths(database: Database, after: string, limit: number): string[] {
  const sql = 'SELECT path FROM hashed_files WHERE path > ? ORDER BY path LIMIT ?';
  return prepared<[string, number], { path: string }>(database, sql)
    .all(after, limit)
    .map(({ path }) => path);
}
