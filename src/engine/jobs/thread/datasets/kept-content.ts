// The newest version of a dataset that is fetched, read as it is kept.
import { DatasetStore } from '../../../../lifecycle/datasets/store/dataset-store';
import { VersionStore } from '../../../../lifecycle/datasets/store/version-store';
import { VersionPlaces } from '../../../../lifecycle/datasets/version-table';
import type { DatasetDefinition } from '../../../../protocol/datasets/dataset';
import type { Reading } from './reading';
import type { Refresh } from './refresh';

/** Nothing where it was never fetched. Throws SlipwayError `damaged` or `unavailable` where its bytes are not there. */
export function readKept(refresh: Refresh, name: string, definition: DatasetDefinition): Reading | undefined {
  const { context } = refresh;
  const dataset = new DatasetStore(context.database).find(name)?.dataset;
  if (dataset === undefined) return undefined;
  const versions = new VersionStore(context.database);
  const [newest] = versions.page(dataset, { deleted: false, limit: 1, offset: 0 });
  const files = newest === undefined ? undefined : versions.files(newest.id);
  if (newest === undefined || files === undefined) return undefined;
  const { id, bytes, dvc } = newest;
  const places = new VersionPlaces(context, (other) => refresh.definitionOf(other));
  return {
    listing: { id, dvc, files, bytes },
    known: true,
    kind: 'single',
    snapshot: { contents: [] },
    table: places.source({ name, id, files, definition, query: null }),
    places: [],
    query: null,
    edges: [],
    hashed: 0,
    notes: [],
  };
}
