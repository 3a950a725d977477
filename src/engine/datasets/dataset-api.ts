// The part of the API about datasets as records.
import { SlipwayError } from '../../base/errors';
import type { KnownDataset } from '../../lifecycle/datasets/known-datasets';
import { overridesOf } from '../../lifecycle/datasets/store/override-store';
import type { DatasetSummary } from '../../protocol/datasets/dataset';
import type { DatasetsApi } from '../../protocol/datasets/dataset-api';
import type { Services } from '../services';
import { judgeLaunch } from './launch-gate';

/** Its methods; what writes waits for its turn among the other writes. */
export function datasetApi(services: Services): DatasetsApi {
  const { datasets, writes, readers, layout, opened } = services;
  const whole = <T>(act: () => T): T | Promise<T> => writes.run(() => opened.database.transaction(act).immediate());
  return {
    listDatasets: async ({ text, deleted, limit, page }) => {
      const found = datasets.known.all(deleted).filter((known) => holds(known, text));
      const offset = page === null ? 0 : Number(page);
      const items = await summariesOf(services, found.slice(offset, offset + limit));
      return { items, next: offset + limit < found.length ? String(offset + limit) : null };
    },
    getDataset: async (dataset) => {
      const [summary] = await summariesOf(services, [datasets.known.get(dataset)]);
      if (summary === undefined) throw new SlipwayError('not-found', `There is no dataset ${dataset}.`);
      return summary;
    },
    listDatasetVersions: async (query) => datasets.listVersions(query),
    getDatasetVersion: async (query) => datasets.getVersion(query),
    listDatasetFiles: async (query) => datasets.listFiles(query),
    datasetTable: async (query) => datasets.table(query),
    labelDataset: async (change) => whole(() => datasets.label(change)),
    describeDataset: async (change) => whole(() => datasets.describe(change)),
    deleteDataset: async (move) => whole(() => datasets.remove(move)),
    undeleteDataset: async (move) => whole(() => datasets.restore(move)),
    datasetDiskUse: (dataset) => readers.run('datasetDiskUse', { dataset }),
    keepDatasetResult: async (result) => whole(() => datasets.keepResult(result)),
    judgeLaunch: (query, signal) => judgeLaunch(services, query, signal),
    listOverrides: async (query) => overridesOf(opened.database, query),
    findDatasetResult: async (query) => datasets.findResult(query),
    lineage: (query) => readers.run('workspaceLineage', { ...query, folder: layout.root }),
    searchWorkspace: (query) => readers.run('workspaceSearch', query),
  };
}

async function summariesOf(services: Services, found: readonly KnownDataset[]): Promise<DatasetSummary[]> {
  const { readers, layout } = services;
  const summaries = found.map((known) => summaryOf(services, known));
  const asked = summaries.map(({ definition, latest }) => ({
    path: definition.path ?? null,
    latest: latest?.dvc ?? null,
  }));
  const tracked = await readers.run('trackedPaths', { folder: layout.root, datasets: asked });
  return summaries.map((summary, index) => ({ ...summary, tracked: tracked[index] ?? null }));
}

function summaryOf({ datasets }: Services, known: KnownDataset): Omit<DatasetSummary, 'tracked'> {
  const { name, definition, declared, row } = known;
  const first = { deleted: false, limit: 1, offset: 0 };
  const [latest] = row === undefined ? [] : datasets.versions.page(row.dataset, first);
  return {
    name,
    definition,
    declared,
    versions: row === undefined ? 0 : datasets.versions.count(row.dataset),
    latest: latest === undefined ? null : (datasets.describeVersions(known, [latest])[0] ?? null),
    deletedTime: row?.deletedTime ?? null,
  };
}

/** Whether the words of a dataset hold a text, in any case. */
function holds({ name, definition }: KnownDataset, text: string): boolean {
  const { owner = '', description = '', tags = [] } = definition;
  const wanted = text.toLowerCase();
  return [name, owner, description, ...tags].some((word) => word.toLowerCase().includes(wanted));
}
