// Deleted artifacts, until they are taken back or the trash is emptied. Their contents stay in the store.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { DeletedArtifact } from '../../../../protocol/run';

/** Everything at or below a path: the file, or the folder's files. `0` follows `/` in Unicode. */
const within = '(path = ? OR (path >= ? AND path < ?))';

/** Moves rows between `artifacts` and `artifacts_trash`; each method is one transaction. */
export class ArtifactTrash {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Moves a file, or all below a folder, to the trash at `now` (epoch milliseconds). Returns how many files. */
  discard(path: string, now: number): number {
    const place = [path, `${path}/`, `${path}0`];
    return this.#database
      .transaction(() => {
        this.#database
          .prepare(
            `INSERT INTO artifacts_trash (path, sha256, size, time, deleted_time)
             SELECT path, sha256, size, time, ? FROM artifacts WHERE ${within}`,
          )
          .run(now, ...place);
        return this.#database.prepare(`DELETE FROM artifacts WHERE ${within}`).run(...place).changes;
      })
      .immediate();
  }

  /**
   * Takes back what was deleted last of a path: the file, or all files below it. Returns how many. Throws SlipwayError
   * `already-exists`, and changes nothing, when one of the names is taken again.
   */
  restore(path: string): number {
    const place = [path, `${path}/`, `${path}0`];
    return this.#database
      .transaction(() => {
        const last = this.#database
          .prepare<string[], { trash: number; path: string }>(
            `SELECT max(trash) AS trash, path FROM artifacts_trash WHERE ${within} GROUP BY path`,
          )
          .all(...place);
        const add = this.#database.prepare(
          `INSERT OR IGNORE INTO artifacts (path, sha256, size, time)
           SELECT path, sha256, size, time FROM artifacts_trash WHERE trash = ?`,
        );
        const remove = this.#database.prepare('DELETE FROM artifacts_trash WHERE trash = ?');
        for (const each of last) {
          if (this.#isInTheWay(each.path) || add.run(each.trash).changes === 0) throw taken(each.path);
          remove.run(each.trash);
        }
        return last.length;
      })
      .immediate();
  }

  /** True when a file stands where the path needs a folder, or a folder where it needs the file. */
  #isInTheWay(path: string): boolean {
    const parts = path.split('/');
    const above = JSON.stringify(parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/')));
    return (
      this.#database
        .prepare(
          `SELECT 1 FROM artifacts WHERE path IN (SELECT value FROM json_each(?))
           UNION ALL SELECT 1 FROM artifacts WHERE path > ? AND path < ? LIMIT 1`,
        )
        .get(above, `${path}/`, `${path}0`) !== undefined
    );
  }

  /** What was deleted below a folder, by path, the latest of each; paths are relative to the artifact root. */
  list(folder: string): DeletedArtifact[] {
    return this.#database
      .prepare<string[], DeletedArtifact>(
        `SELECT path, size, max(deleted_time) AS deletedTime FROM artifacts_trash
         WHERE ${within} GROUP BY path ORDER BY path LIMIT 10000`,
      )
      .all(folder, `${folder}/`, `${folder}0`);
  }

  /** Drops for good what was deleted before `cutoff`, at most `most` files; returns how many. */
  empty(cutoff: number, most: number): number {
    return this.#database
      .prepare(
        'DELETE FROM artifacts_trash WHERE trash IN (SELECT trash FROM artifacts_trash WHERE deleted_time < ? LIMIT ?)',
      )
      .run(cutoff, most).changes;
  }
}

function taken(path: string): SlipwayError {
  return new SlipwayError('already-exists', `${path} exists again, so nothing was taken back. Delete that one first.`);
}
