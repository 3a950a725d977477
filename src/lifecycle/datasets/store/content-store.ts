// Which contents versions hold in the object store, and which files were read already.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { HashedFile } from '../content/read-content';

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

/** What is remembered of a file. */
export function rememberedFile(database: Database, path: string): Omit<HashedFile, 'path'> | undefined {
  const sql = 'SELECT stamp, sha256, md5 FROM hashed_files WHERE path = ?';
  return prepared<[string], Omit<HashedFile, 'path'>>(database, sql).get(path);
}
