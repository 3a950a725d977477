// What of datasets the trash holds, and how it goes for good.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import { unpackListing } from '../content/listing';

/** Numbers of versions, and of whole datasets, that have been in the trash since before a time. */
export interface DoomedData {
  versions: number[];
  datasets: number[];
}

/** Reads the trash. `cutoff` in epoch milliseconds. */
export function doomedData(database: Database, cutoff: number): DoomedData {
  const datasets = database
    .prepare<[number], { dataset: number }>('SELECT dataset FROM datasets WHERE deleted_time < ?')
    .all(cutoff)
    .map(({ dataset }) => dataset);
  const versions = database
    .prepare<[number, string], { version: number }>(
      `SELECT version FROM dataset_versions
       WHERE deleted_time < ? OR dataset IN (SELECT value FROM json_each(?)) ORDER BY version`,
    )
    .all(cutoff, JSON.stringify(datasets))
    .map(({ version }) => version);
  return { versions, datasets };
}

/** The hashes of all contents in the store that versions hold, but for those of the versions that go. */
export function dataContents(database: Database, { versions }: Pick<DoomedData, 'versions'>): Set<string> {
  const rows = database.prepare<[string], { listing: Buffer }>(
    `SELECT listing FROM dataset_listings WHERE id IN (SELECT id FROM dataset_versions
       WHERE reference_why IS NULL AND version NOT IN (SELECT value FROM json_each(?)))`,
  );
  const contents = new Set<string>();
  for (const { listing } of rows.iterate(JSON.stringify(versions))) {
    for (const { sha256 } of unpackListing(listing)) contents.add(sha256);
  }
  return contents;
}

/** Contents that are named as data and that no version holds any more, as a reading that was cut short leaves them. */
export function unheldContents(database: Database, held: ReadonlySet<string>): string[] {
  const rows = database.prepare<[], { sha256: string }>('SELECT sha256 FROM dataset_contents').all();
  return rows.map(({ sha256 }) => sha256).filter((sha256) => !held.has(sha256));
}

/** Takes a version out for good, if it is in the trash still. */
export function eraseVersion(database: Database, version: number, cutoff: number): boolean {
  const isDoomed = prepared<[number, number, number], unknown>(
    database,
    `SELECT 1 FROM dataset_versions v JOIN datasets d ON d.dataset = v.dataset
     WHERE v.version = ? AND (v.deleted_time < ? OR d.deleted_time < ?)`,
  ).get(version, cutoff, cutoff);
  if (isDoomed === undefined) return false;
  return database
    .transaction(() => {
      prepared(database, 'DELETE FROM dataset_labels WHERE version = ?').run(version);
      prepared(database, 'DELETE FROM dataset_results WHERE version = ?').run(version);
      prepared(database, 'DELETE FROM dataset_versions WHERE version = ?').run(version);
      prepared(database, 'DELETE FROM dataset_listings WHERE id NOT IN (SELECT id FROM dataset_versions)').run();
      return true;
    })
    .immediate();
}

/** Takes a dataset out that has no versions any more, if it is in the trash still. */
export function eraseDataset(database: Database, dataset: number, cutoff: number): boolean {
  const sql = `DELETE FROM datasets WHERE dataset = ? AND deleted_time < ?
    AND NOT EXISTS (SELECT 1 FROM dataset_versions v WHERE v.dataset = datasets.dataset)`;
  return prepared(database, sql).run(dataset, cutoff).changes > 0;
}

/** Contents are data's no more. */
export function forgetContents(database: Database, hashes: readonly string[]): void {
  const sql = 'DELETE FROM dataset_contents WHERE sha256 IN (SELECT value FROM json_each(?))';
  prepared(database, sql).run(JSON.stringify(hashes));
}
