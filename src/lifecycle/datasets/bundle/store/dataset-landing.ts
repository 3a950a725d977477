// Brings a dataset of a bundle into the database, whole and in one transaction. Its entry in slipway.yaml is people's.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { DatasetFile } from '../../../../protocol/datasets/dataset';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, sqlValue, textIn } from '../../../../workspace/bundle/part-line';
import { packListing, unpackListing } from '../../content/listing';
import { idOfFiles } from '../../content/selected-listing';

/** Adds the dataset of that name. Throws SlipwayError `already-exists`, `invalid` or `newer-schema`; then nothing changed. */
export function landDataset(database: Database, { name, lines }: { name: string; lines: readonly PartLine[] }): void {
  const [first] = lines;
  if (first?.[0] !== 'datasets' || first[1].name !== name) {
    throw new SlipwayError('invalid', `The part of the dataset ${name} in the bundle is not about it.`);
  }
  landWhole(database, name, () => {
    const taken = database.prepare('SELECT 1 FROM datasets WHERE name = ? AND deleted_time IS NULL').get(name);
    if (taken !== undefined) throw new SlipwayError('already-exists', `The dataset ${name} exists.`);
    const dataset = insertRow(database, 'datasets', first[1]);
    const versions = new Map<string, number>();
    const listings = new Map<string, DatasetFile[]>();
    for (const [table, given] of lines.slice(1)) {
      if (table === 'dataset_listings') listings.set(textIn(given, 'id'), filesIn(given));
      else if (table === 'dataset_contents') putContent(database, given);
      else if (table === 'dataset_versions') {
        putListing(database, given, listings);
        versions.set(textIn(given, 'id'), insertRow(database, table, { ...given, dataset }));
      } else {
        const version = versions.get(textIn(given, 'version'));
        if (version === undefined) throw new SlipwayError('invalid', `The bundle lacks a version of ${name}.`);
        if (table === 'dataset_labels') insertRow(database, table, { ...given, dataset, version });
        else if (table === 'dataset_results') insertRow(database, table, { ...given, version });
        else throw unknownTable(table);
      }
    }
  });
}

/** The files of a listing. Throws SlipwayError `invalid` for a file that no version has, such as one outside of its folder. */
function filesIn(given: PartLine[1]): DatasetFile[] {
  const listing = sqlValue(given.listing ?? null);
  if (!Buffer.isBuffer(listing)) throw new SlipwayError('invalid', 'The bundle lacks the files of a dataset version.');
  try {
    return unpackListing(listing);
  } catch (error) {
    const sentence = 'The bundle names files that no dataset version can have, so none of that dataset was taken.';
    throw new SlipwayError('invalid', sentence, { cause: error });
  }
}

/** A version's id is what its files are; a listing that says others would be taken for those of equal versions here. */
function putListing(
  database: Database,
  version: PartLine[1],
  listings: ReadonlyMap<string, readonly DatasetFile[]>,
): void {
  const id = textIn(version, 'id');
  const files = listings.get(id);
  const query = typeof version.query === 'string' ? version.query : null;
  if (files === undefined || !isId(id, files, query)) {
    throw new SlipwayError('invalid', `The bundle does not hold the list of files that version ${id.slice(0, 12)} is.`);
  }
  const sql = 'INSERT OR IGNORE INTO dataset_listings (id, listing) VALUES (?, ?)';
  database.prepare(sql).run(id, packListing(files));
}

function isId(id: string, files: readonly DatasetFile[], query: string | null): boolean {
  try {
    return idOfFiles(files, query) === id;
  } catch {
    return false;
  }
}

function putContent(database: Database, given: PartLine[1]): void {
  const sql = 'INSERT OR IGNORE INTO dataset_contents (sha256, size) VALUES (?, ?)';
  database.prepare(sql).run(textIn(given, 'sha256'), Number(given.size));
}
