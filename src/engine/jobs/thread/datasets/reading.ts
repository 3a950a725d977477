// A dataset as it was read, on its way to becoming a version.
import { type Listing, type ListingKind, packListing } from '../../../../lifecycle/datasets/content/listing';
import type { Snapshot } from '../../../../lifecycle/datasets/content/snapshot';
import type { LandedVersion, VersionShape } from '../../../../lifecycle/datasets/version-landing';
import type { TableSource } from '../../../../protocol/datasets/table-source';

/** What was read and what of it is kept. */
export interface Reading {
  listing: Listing;
  /** True for a content that the dataset had before: its listing is kept. */
  known?: boolean;
  kind: ListingKind;
  snapshot: Snapshot;
  /** What the data process reads of it now; null for what is no table. */
  table: TableSource | null;
  /** Files that the data process reads, and how they looked when they were read for the listing. */
  places: { place: string; stamp: string }[];
  /** Its rows and columns, where they were counted already. */
  shape?: VersionShape;
  /** The SELECT of a dataset that is one. */
  query: string | null;
  edges: LandedVersion['edges'];
  hashed: number;
  notes: string[];
}

/** What the engine is given of it. */
export function landedVersion(
  { listing, snapshot, query, edges, known }: Reading,
  dataset: Pick<LandedVersion, 'dataset' | 'definition' | 'declare' | 'shape'>,
): LandedVersion {
  return {
    ...dataset,
    id: listing.id,
    dvc: listing.dvc,
    files: listing.files.length,
    bytes: listing.bytes,
    listing: known ? null : packListing(listing.files),
    referenceWhy: 'why' in snapshot ? snapshot.why : null,
    query,
    edges,
  };
}
