// What the versions of datasets take up in the store. Pure functions of the database, for a reader thread.
import type { Database } from '../../../platform/sqlite/database';
import type { DatasetDiskUse } from '../../../protocol/datasets/dataset';
import { unpackListing } from '../content/listing';

interface Row {
  name: string;
  listing: Buffer;
  deleted: 0 | 1;
}

interface Held {
  name: string;
  versions: number;
  /** By hash: the size, and whether only versions in the trash hold it. */
  contents: Map<string, { size: number; inTrash: boolean }>;
}

/** Of one dataset, or of all; by name. A dataset in the trash counts, as its bytes are there still. */
export function datasetDiskUse(database: Database, { dataset }: { dataset: string | null }): DatasetDiskUse[] {
  const rows = database.prepare<[], Row>(
    `SELECT d.name, l.listing, v.deleted_time IS NOT NULL OR d.deleted_time IS NOT NULL AS deleted
     FROM dataset_versions v JOIN datasets d ON d.dataset = v.dataset JOIN dataset_listings l ON l.id = v.id
     WHERE v.reference_why IS NULL ORDER BY d.name`,
  );
  const held = new Map<string, Held>();
  const holders = new Map<string, number>();
  for (const { name, listing, deleted } of rows.iterate()) {
    const own = held.get(name) ?? { name, versions: 0, contents: new Map() };
    held.set(name, own);
    own.versions += 1;
    for (const { sha256, bytes } of unpackListing(listing)) {
      const known = own.contents.get(sha256);
      if (known === undefined) holders.set(sha256, (holders.get(sha256) ?? 0) + 1);
      own.contents.set(sha256, { size: bytes, inTrash: deleted === 1 && (known?.inTrash ?? true) });
    }
  }
  const isArtifact = database.prepare('SELECT 1 FROM artifacts WHERE sha256 = ?');
  const isShared = (sha256: string): boolean => (holders.get(sha256) ?? 0) > 1 || isArtifact.get(sha256) !== undefined;
  return [...held.values()]
    .filter(({ name }) => dataset === null || name === dataset)
    .map(({ name, versions, contents }) => {
      const all = [...contents];
      const sum = (of: (sha256: string, content: { inTrash: boolean }) => boolean): number =>
        all.reduce((bytes, [sha256, content]) => bytes + (of(sha256, content) ? content.size : 0), 0);
      return {
        name,
        versions,
        bytes: sum(() => true),
        shared: sum(isShared),
        inTrash: sum((sha256, { inTrash }) => inTrash && !isShared(sha256)),
      };
    });
}
