// Deleted artifacts, until they are taken back or the trash is emptied. Their contents stay in the store.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { DeletedArtifact } from '../../../../protocol/run';
import { isBelow } from '../below-folder';

/** So many files are moved in one step: a few milliseconds. */
const movedAtOnce = 100;
/** So many are looked at in one step of emptying, and dropped for good when they are old enough. */
const emptiedAtOnce = 500;

/** How far a work of many steps is: the path it came to, null at its end, and how many files the last step was about. */
export interface TrashStep {
  after: string | null;
  files: number;
}

/** What is emptied: deleted before `cutoff` (epoch milliseconds), not in a `spared` folder, behind the row `after`. */
export interface TrashEmptying {
  cutoff: number;
  after: number;
  spared: ReadonlySet<string>;
}

/** How many files one step dropped, and the row it came to, null at the end. */
export interface TrashEmptied {
  dropped: number;
  after: number | null;
}

/** Where a step begins: behind `after`, of all that is at or below `path`. */
export interface TrashPlace {
  path: string;
  after: string | null;
}

/**
 * Moves rows between `artifacts` and `artifacts_trash`, each method one transaction of a few milliseconds: a folder of
 * 100,000 files takes many. Whatever ends them in between, each file is in one place, and `restore` brings all back.
 */
export class ArtifactTrash {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Moves some of a file or folder to the trash at `now` (epoch milliseconds). */
  discardSome(place: TrashPlace, now: number): TrashStep {
    return this.#database
      .transaction(() => {
        const paths = this.#some('SELECT path FROM artifacts', place).map((row) => row.path);
        const listed = JSON.stringify(paths);
        prepared<unknown[], unknown>(
          this.#database,
          `INSERT INTO artifacts_trash (path, sha256, size, time, deleted_time)
             SELECT path, sha256, size, time, ? FROM artifacts WHERE path IN (SELECT value FROM json_each(?))`,
        ).run(now, listed);
        prepared<unknown[], unknown>(
          this.#database,
          'DELETE FROM artifacts WHERE path IN (SELECT value FROM json_each(?))',
        ).run(listed);
        return stepOf(paths);
      })
      .immediate();
  }

  /**
   * Looks whether some of what was deleted last of a path, the file or the files below it, can be taken back. Throws
   * SlipwayError `already-exists` when one of the names is taken again.
   */
  checkSome(place: TrashPlace): TrashStep {
    const paths = this.#lastDeleted(place).map((row) => row.path);
    for (const path of paths) if (this.#isInTheWay(path)) throw taken(path, null);
    return stepOf(paths);
  }

  /** Takes some of it back. Throws as `checkSome` does, with none of this step taken back. */
  restoreSome(place: TrashPlace): TrashStep {
    return this.#database
      .transaction(() => {
        const last = this.#lastDeleted(place);
        const add = prepared<unknown[], unknown>(
          this.#database,
          `INSERT INTO artifacts (path, sha256, size, time)
           SELECT path, sha256, size, time FROM artifacts_trash WHERE trash = ?`,
        );
        const remove = prepared<unknown[], unknown>(this.#database, 'DELETE FROM artifacts_trash WHERE trash = ?');
        for (const each of last) {
          if (this.#isInTheWay(each.path)) throw taken(each.path, place.after);
          add.run(each.trash);
          remove.run(each.trash);
        }
        return stepOf(last.map((row) => row.path));
      })
      .immediate();
  }

  #lastDeleted(place: TrashPlace): { trash: number; path: string }[] {
    return this.#some('SELECT max(trash) AS trash, path FROM artifacts_trash', place, 'GROUP BY path');
  }

  /** The file of that path, or else the next of the files below it. `0` follows `/` in Unicode. */
  #some<R = { path: string }>(select: string, { path, after }: TrashPlace, grouped = ''): R[] {
    const file =
      after === null ? prepared<[string], R>(this.#database, `${select} WHERE path = ? ${grouped}`).all(path) : [];
    if (file.length > 0) return file;
    return prepared<[string, string], R>(
      this.#database,
      `${select} WHERE path > ? AND path < ? ${grouped} ORDER BY path LIMIT ${movedAtOnce}`,
    ).all(after ?? `${path}/`, `${path}0`);
  }

  /** True when the name is taken: by a file of it, or above or below it. */
  #isInTheWay(path: string): boolean {
    const parts = path.split('/');
    const names = JSON.stringify(parts.map((_, index) => parts.slice(0, index + 1).join('/')));
    return (
      prepared<unknown[], unknown>(
        this.#database,
        `SELECT 1 FROM artifacts WHERE path IN (SELECT value FROM json_each(?))
           UNION ALL SELECT 1 FROM artifacts WHERE path > ? AND path < ? LIMIT 1`,
      ).get(names, `${path}/`, `${path}0`) !== undefined
    );
  }

  /** A page of what was deleted below a folder, by path, the latest of each; paths are relative to the artifact root. */
  list(folder: string, { after, limit }: { after: string; limit: number }): DeletedArtifact[] {
    return this.#database
      .prepare<[string, string, number], DeletedArtifact>(
        `SELECT path, size, max(deleted_time) AS deletedTime FROM artifacts_trash
         WHERE path > ? AND path < ? GROUP BY path ORDER BY path LIMIT ?`,
      )
      .all(after === '' ? `${folder}/` : after, `${folder}0`, limit);
  }

  /** Drops some of it for good. */
  emptySome({ cutoff, after, spared }: TrashEmptying): TrashEmptied {
    // Not those that are old enough, of which there may be none: the young ones would be looked at all in one step.
    const rows = prepared<[number, number], { trash: number; path: string; deleted: number }>(
      this.#database,
      'SELECT trash, path, deleted_time AS deleted FROM artifacts_trash WHERE trash > ? ORDER BY trash LIMIT ?',
    ).all(after, emptiedAtOnce);
    const doomed = rows
      .filter(({ path, deleted }) => deleted < cutoff && !isBelow(path, spared))
      .map(({ trash }) => trash);
    prepared<[string], unknown>(
      this.#database,
      'DELETE FROM artifacts_trash WHERE trash IN (SELECT value FROM json_each(?))',
    ).run(JSON.stringify(doomed));
    return { dropped: doomed.length, after: rows.length < emptiedAtOnce ? null : (rows.at(-1)?.trash ?? null) };
  }
}

function stepOf(paths: readonly string[]): TrashStep {
  return { after: paths.length < movedAtOnce ? null : (paths.at(-1) ?? null), files: paths.length };
}

/** `after`: what was taken back already, null for nothing. */
function taken(path: string, after: string | null): SlipwayError {
  const what = after === null ? 'nothing was taken back' : `nothing behind ${after} was taken back`;
  return new SlipwayError('already-exists', `${path} exists again, so ${what}. Delete that one first.`);
}
