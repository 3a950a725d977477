// The versions of datasets and their labels. Reads and writes rows; knows no rule.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { DatasetFile, VersionState } from '../../../protocol/datasets/dataset';
import { unpackListing } from '../content/listing';

/** One version as it is kept; `referenceWhy` null: every byte of it lies in the workspace. */
export interface VersionRow {
  version: number;
  dataset: number;
  id: string;
  dvc: string | null;
  createdTime: number;
  seenTime: number;
  files: number;
  bytes: number;
  rowCount: number | null;
  columnCount: number | null;
  referenceWhy: string | null;
  /** The SELECT over its files, which are those of other datasets. */
  query: string | null;
  deletedTime: number | null;
}

/** A version that was read just now. */
export interface NewVersion {
  dataset: number;
  id: string;
  dvc: string | null;
  files: number;
  bytes: number;
  referenceWhy: string | null;
  query: string | null;
  time: number;
}

const columns = `version, dataset, id, dvc, created_time AS createdTime, seen_time AS seenTime, files, bytes,
  row_count AS rowCount, column_count AS columnCount, reference_why AS referenceWhy, query, deleted_time AS deletedTime`;
const newestFirst = 'ORDER BY seen_time DESC, version DESC';

/** Keeps versions. */
export class VersionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A page of a dataset's versions, the one that was seen last first. */
  page(dataset: number, { deleted, limit, offset }: { deleted: boolean; limit: number; offset: number }): VersionRow[] {
    const where = deleted ? 'deleted_time IS NOT NULL' : 'deleted_time IS NULL';
    const sql = `SELECT ${columns} FROM dataset_versions WHERE dataset = ? AND ${where} ${newestFirst} LIMIT ? OFFSET ?`;
    return prepared<[number, number, number], VersionRow>(this.#database, sql).all(dataset, limit, offset);
  }

  /** The version in use that was seen first. */
  first(dataset: number): VersionRow | undefined {
    const sql = `SELECT ${columns} FROM dataset_versions WHERE dataset = ? AND deleted_time IS NULL ORDER BY created_time, version LIMIT 1`;
    return prepared<[number], VersionRow>(this.#database, sql).get(dataset);
  }

  /** How many versions of a dataset are in use. */
  count(dataset: number): number {
    const sql = 'SELECT count(*) AS count FROM dataset_versions WHERE dataset = ? AND deleted_time IS NULL';
    return prepared<[number], { count: number }>(this.#database, sql).get(dataset)?.count ?? 0;
  }

  /** The version of that content, in use or in the trash. */
  find(dataset: number, id: string): VersionRow | undefined {
    const sql = `SELECT ${columns} FROM dataset_versions WHERE dataset = ? AND id = ?`;
    return prepared<[number, string], VersionRow>(this.#database, sql).get(dataset, id);
  }

  /** The version of that number. */
  byNumber(version: number): VersionRow | undefined {
    const sql = `SELECT ${columns} FROM dataset_versions WHERE version = ?`;
    return prepared<[number], VersionRow>(this.#database, sql).get(version);
  }

  /** Versions whose id begins so, three at most: two are one too many already. */
  beginning(dataset: number, start: string, deleted: boolean): VersionRow[] {
    const where = deleted ? 'deleted_time IS NOT NULL' : 'deleted_time IS NULL';
    const sql = `SELECT ${columns} FROM dataset_versions WHERE dataset = ? AND ${where} AND id >= ? AND id < ? ${newestFirst} LIMIT 3`;
    return prepared<[number, string, string], VersionRow>(this.#database, sql).all(dataset, start, `${start}g`);
  }

  /** The version that a label is on, in use or in the trash. */
  labelled(dataset: number, label: string): VersionRow | undefined {
    const sql = `SELECT ${columns} FROM dataset_versions WHERE version =
      (SELECT version FROM dataset_labels WHERE dataset = ? AND label = ?)`;
    return prepared<[number, string], VersionRow>(this.#database, sql).get(dataset, label);
  }

  /** The versions in use that were first seen before that one, the newest first; with null before now. */
  before(dataset: number, version: Pick<VersionRow, 'createdTime' | 'version'> | null, limit: number): VersionRow[] {
    const { createdTime, version: number } = version ?? { createdTime: Number.MAX_SAFE_INTEGER, version: 0 };
    const sql = `SELECT ${columns} FROM dataset_versions WHERE dataset = ? AND deleted_time IS NULL
      AND (created_time, version) < (?, ?) ORDER BY created_time DESC, version DESC LIMIT ?`;
    return prepared<[number, number, number, number], VersionRow>(this.#database, sql).all(
      dataset,
      createdTime,
      number,
      limit,
    );
  }

  /** Adds a version; one of the same content is seen again, and comes back from the trash. Returns its number. */
  put({ dataset, id, dvc, files, bytes, referenceWhy, query, time }: NewVersion): number {
    prepared(
      this.#database,
      `INSERT INTO dataset_versions (dataset, id, dvc, created_time, seen_time, files, bytes, reference_why, query)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (dataset, id) DO UPDATE SET seen_time = excluded.seen_time, deleted_time = NULL,
         dvc = coalesce(excluded.dvc, dvc), reference_why = excluded.reference_why`,
    ).run(dataset, id, dvc, time, time, files, bytes, referenceWhy, query);
    return this.find(dataset, id)?.version ?? 0;
  }

  /** Keeps the files of a content, packed; a content has them once. */
  putListing(id: string, packed: Uint8Array): void {
    prepared(this.#database, 'INSERT OR IGNORE INTO dataset_listings (id, listing) VALUES (?, ?)').run(id, packed);
  }

  /** The files of a content; undefined for one that is not known. */
  files(id: string): DatasetFile[] | undefined {
    const sql = 'SELECT listing FROM dataset_listings WHERE id = ?';
    const row = prepared<[string], { listing: Buffer }>(this.#database, sql).get(id);
    return row === undefined ? undefined : unpackListing(row.listing);
  }

  /** Keeps how many rows and columns a content has, for every dataset that has it. */
  setShape(id: string, { rows, columns: count }: { rows: number; columns: number }): void {
    const sql = 'UPDATE dataset_versions SET row_count = ?, column_count = ? WHERE id = ?';
    prepared(this.#database, sql).run(rows, count, id);
  }

  /** Moves one to the trash at that time, or with null back. */
  setDeleted(version: number, time: number | null): void {
    prepared(this.#database, 'UPDATE dataset_versions SET deleted_time = ? WHERE version = ?').run(time, version);
  }

  /** Where a label is, as the number of a version; undefined for none. */
  labelAt(dataset: number, label: string): number | undefined {
    const sql = 'SELECT version FROM dataset_labels WHERE dataset = ? AND label = ?';
    return prepared<[number, string], { version: number }>(this.#database, sql).get(dataset, label)?.version;
  }

  /** Puts a label on a version, or with null takes it away. */
  setLabel(dataset: number, label: string, at: { version: number; time: number } | null): void {
    if (at === null) {
      prepared(this.#database, 'DELETE FROM dataset_labels WHERE dataset = ? AND label = ?').run(dataset, label);
      return;
    }
    prepared(
      this.#database,
      `INSERT INTO dataset_labels (dataset, label, version, time) VALUES (?, ?, ?, ?)
       ON CONFLICT (dataset, label) DO UPDATE SET version = excluded.version, time = excluded.time`,
    ).run(dataset, label, at.version, at.time);
  }

  /** The labels of versions, by version, each in order. */
  labels(versions: readonly number[]): Map<number, string[]> {
    const sql = `SELECT version, label FROM dataset_labels
      WHERE version IN (SELECT value FROM json_each(?)) ORDER BY label`;
    const rows = prepared<[string], { version: number; label: string }>(this.#database, sql).all(
      JSON.stringify(versions),
    );
    return grouped(rows, ({ label }) => label);
  }

  /** The newest result of each kind of versions, by version. */
  states(versions: readonly number[]): Map<number, VersionState[]> {
    const sql = `SELECT version, kind, verdict, summary, max(time) AS time FROM dataset_results
      WHERE version IN (SELECT value FROM json_each(?)) GROUP BY version, kind ORDER BY kind`;
    const rows = prepared<[string], VersionState & { version: number }>(this.#database, sql).all(
      JSON.stringify(versions),
    );
    return grouped(rows, ({ kind, verdict, summary, time }) => ({ kind, verdict, summary, time }));
  }
}

function grouped<R extends { version: number }, T>(rows: readonly R[], of: (row: R) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) groups.set(row.version, [...(groups.get(row.version) ?? []), of(row)]);
  return groups;
}
