// What a bundle holds of datasets: each whole, with the versions that are in use, their files, labels and results.
import type { Database } from '../../../../platform/sqlite/database';
import { type PartLine, partRows } from '../../../../workspace/bundle/part-line';
import { unpackListing } from '../../content/listing';

/** The names of all datasets in use. */
export function chosenDatasets(database: Database): string[] {
  return database
    .prepare<[], { name: string }>('SELECT name FROM datasets WHERE deleted_time IS NULL ORDER BY name')
    .all()
    .map(({ name }) => name);
}

/** Everything of one dataset; nothing when there is none of that name. A version is told by its id. */
export function* datasetLines(database: Database, name: string): Generator<PartLine> {
  const query = { where: 'name = ? AND deleted_time IS NULL', values: [name], order: 'dataset' };
  for (const { dataset, ...row } of partRows(database, 'datasets', query)) {
    yield ['datasets', row];
    const own = { where: 'dataset = ? AND deleted_time IS NULL', values: [Number(dataset)], order: 'created_time, id' };
    for (const { version, dataset: _, ...version_ } of partRows(database, 'dataset_versions', own)) {
      yield* versionLines(database, { number: Number(version), id: String(version_.id), row: version_ });
    }
  }
}

function* versionLines(
  database: Database,
  { number, id, row }: { number: number; id: string; row: PartLine[1] },
): Generator<PartLine> {
  for (const listing of partRows(database, 'dataset_listings', { where: 'id = ?', values: [id], order: 'id' })) {
    yield ['dataset_listings', listing];
  }
  yield ['dataset_versions', row];
  if (row.reference_why === null) yield* contentLines(database, id);
  const own = { where: 'version = ?', values: [number] };
  for (const { dataset: _, ...label } of partRows(database, 'dataset_labels', { ...own, order: 'label' })) {
    yield ['dataset_labels', { ...label, version: id }];
  }
  for (const { result: _, ...result } of partRows(database, 'dataset_results', { ...own, order: 'kind, digest' })) {
    yield ['dataset_results', { ...result, version: id }];
  }
}

function* contentLines(database: Database, id: string): Generator<PartLine> {
  const row = database
    .prepare<[string], { listing: Buffer }>('SELECT listing FROM dataset_listings WHERE id = ?')
    .get(id);
  const files = row === undefined ? [] : unpackListing(row.listing);
  const sizes = new Map(files.map(({ sha256, bytes }) => [sha256, bytes]));
  for (const [sha256, size] of [...sizes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield ['dataset_contents', { sha256, size }];
  }
}
