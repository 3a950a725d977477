// Brings a dataset of a bundle into the database, whole and in one transaction. Its entry in slipway.yaml is people's.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, sqlValue, textIn } from '../../../../workspace/bundle/part-line';
import { unpackListing } from '../../content/listing';

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
    for (const [table, given] of lines.slice(1)) {
      if (table === 'dataset_listings') putListing(database, given);
      else if (table === 'dataset_contents') putContent(database, given);
      else if (table === 'dataset_versions')
        versions.set(textIn(given, 'id'), insertRow(database, table, { ...given, dataset }));
      else {
        const version = versions.get(textIn(given, 'version'));
        if (version === undefined) throw new SlipwayError('invalid', `The bundle lacks a version of ${name}.`);
        if (table === 'dataset_labels') insertRow(database, table, { ...given, dataset, version });
        else if (table === 'dataset_results') insertRow(database, table, { ...given, version });
        else throw unknownTable(table);
      }
    }
  });
}

function putListing(database: Database, given: PartLine[1]): void {
  const listing = sqlValue(given.listing ?? null);
  if (!Buffer.isBuffer(listing)) throw new SlipwayError('invalid', 'The bundle lacks the files of a dataset version.');
  unpackListing(listing);
  database
    .prepare('INSERT OR IGNORE INTO dataset_listings (id, listing) VALUES (?, ?)')
    .run(textIn(given, 'id'), listing);
}

function putContent(database: Database, given: PartLine[1]): void {
  const sql = 'INSERT OR IGNORE INTO dataset_contents (sha256, size) VALUES (?, ?)';
  database.prepare(sql).run(textIn(given, 'sha256'), Number(given.size));
}
