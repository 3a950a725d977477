// A version that was read whole becomes known: with its dataset's entry in slipway.yaml, or not at all.
import { SlipwayError } from '../../base/errors';
import type { DatasetDefinition, DatasetVersion } from '../../protocol/datasets/dataset';
import { writeDatasetEntry } from '../../workspace/config-edits/dataset-entry-edit';
import { type KeptEdge, keepEdge } from '../../workspace/lineage-edges';
import type { DatasetsService } from './service';

/** How many rows and columns a version has. */
export interface VersionShape {
  rows: number;
  columns: number;
}

/** A version as it was read. `declare`: the dataset is new and goes into slipway.yaml. */
export interface LandedVersion {
  dataset: string;
  definition: DatasetDefinition;
  declare: boolean;
  id: string;
  dvc: string | null;
  files: number;
  bytes: number;
  /** As `packListing` makes it; null for a content whose listing is kept. */
  listing: Uint8Array | null;
  /** Why its bytes are not kept; null when they are. */
  referenceWhy: string | null;
  query: string | null;
  /** Null: not counted now. */
  shape: VersionShape | null;
  /** Where it came from, as far as no other table says so. */
  edges: Omit<KeptEdge, 'time'>[];
}

/** `isNew`: the content was not known before. */
export interface Landing {
  version: DatasetVersion;
  isNew: boolean;
}

/**
 * Lands versions. `write` runs a write in its turn. Throws SlipwayError `already-exists` where the name of a new dataset is
 * taken, and as `writeDatasetEntry` does.
 */
export async function landVersion(
  datasets: DatasetsService,
  landed: LandedVersion,
  write: <T>(act: () => T) => T | Promise<T>,
): Promise<Landing> {
  const { context } = datasets;
  const { dataset, definition, declare } = landed;
  if (declare) {
    refuseTaken(datasets, dataset);
    writeDatasetEntry(context.configPath, { name: dataset, keys: definition });
  }
  try {
    const isNew = await write(() => context.database.transaction(() => put(datasets, landed)).immediate());
    context.events.datasetChanged(dataset);
    return { version: datasets.getVersion({ dataset, version: landed.id }), isNew };
  } catch (error) {
    if (declare) writeDatasetEntry(context.configPath, { name: dataset, keys: null });
    throw error;
  }
}

/** Throws SlipwayError `already-exists` for the name of a dataset that is in use. */
export function refuseTaken(datasets: DatasetsService, name: string): void {
  if (datasets.known.find(name) === undefined) return;
  const sentence = `There is a dataset ${name} already. \`slipway dataset refresh ${name}\` reads it again; or choose another name.`;
  throw new SlipwayError('already-exists', sentence);
}

function put({ context, known, versions, consents }: DatasetsService, landed: LandedVersion): boolean {
  const time = context.now();
  const { id, dvc, files, bytes, referenceWhy, query } = landed;
  const dataset = known.store.put(landed.dataset, landed.definition, time);
  const isNew = versions.find(dataset, id) === undefined;
  if (landed.declare) consents.giveWriter(landed.dataset, landed.definition);
  if (landed.listing !== null) versions.putListing(id, landed.listing);
  versions.put({ dataset, id, dvc, files, bytes, referenceWhy, query, time });
  if (landed.shape !== null) versions.setShape(id, landed.shape);
  for (const edge of landed.edges) keepEdge(context.database, { ...edge, time });
  return isNew;
}
