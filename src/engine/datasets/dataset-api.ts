// The part of the API about datasets as records.
import { SlipwayError } from '../../base/errors';
import { LaunchGate } from '../../lifecycle/datasets/gate/launch-gate';
import type { KnownDataset } from '../../lifecycle/datasets/known-datasets';
import { overridesOf } from '../../lifecycle/datasets/store/override-store';
import type { TakeBackSignal } from '../../protocol/conversation/take-back';
import type { DatasetSummary } from '../../protocol/datasets/dataset';
import type { DatasetsApi, ReadDataset } from '../../protocol/datasets/dataset-api';
import type { Services } from '../services';
import { checkedVersion } from './check-api';
import { outdatedParts } from './outdated-parts';

/** Its methods; what writes waits for its turn among the other writes. */
export function datasetApi(services: Services): DatasetsApi {
  const { datasets, writes, readers, layout, opened } = services;
  const whole = <T>(act: () => T): T | Promise<T> => writes.run(() => opened.database.transaction(act).immediate());
  const gate = launchGate(services);
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
    ...consentApi(services),
    deleteDataset: async (move) => whole(() => datasets.remove(move)),
    undeleteDataset: async (move) => whole(() => datasets.restore(move)),
    datasetDiskUse: (dataset) => readers.run('datasetDiskUse', { dataset }),
    judgeLaunch: (query, signal) => gate.judge(query, signal),
    listOverrides: async (query) => overridesOf(opened.database, query),
    findDatasetResult: async (query) => datasets.findResult(query),
    lineage: (query) => readers.run('workspaceLineage', { ...query, folder: layout.root }),
    searchWorkspace: (query) => readers.run('workspaceSearch', query),
  };
}

/** What somebody on this machine lets run. */
function consentApi(services: Services): Pick<DatasetsApi, 'allowDatasetCommand' | 'scheduleDataset'> {
  const { datasets, writes, opened, events, schedules: clock } = services;
  const whole = (act: () => void): void | Promise<void> =>
    writes.run(() => opened.database.transaction(act).immediate());
  return {
    allowDatasetCommand: async ({ dataset, fingerprint }) => {
      await whole(() => datasets.consents.allow(dataset, datasets.known.get(dataset).definition, fingerprint));
      events.datasetChanged(dataset);
    },
    scheduleDataset: async ({ dataset, fingerprint }) => {
      await whole(() =>
        fingerprint === null ? clock.schedules.disable(dataset) : clock.schedules.enable(dataset, fingerprint),
      );
      return (await summariesOf(services, [datasets.known.get(dataset)]))[0] as DatasetSummary;
    },
  };
}

function launchGate(services: Services): LaunchGate {
  const { datasets, writes, readers, opened, jobs } = services;
  return new LaunchGate({
    datasets,
    find: (query) => readers.run('namedData', query),
    refresh: async (dataset, taken) => {
      const terms = { signal: abortedWith(taken), onProgress: () => undefined };
      return ((await jobs.run({ job: 'dataset-refresh', dataset }, terms)) as ReadDataset).version.id;
    },
    check: (version, signal) =>
      checkedVersion(services, { ...version, contract: null, table: null, now: null }, signal),
    write: (act) => writes.run(() => opened.database.transaction(act).immediate()),
  });
}

/** A signal of this runtime that ends with the other one. */
function abortedWith(taken: TakeBackSignal | undefined): AbortSignal {
  const ending = new AbortController();
  if (taken?.aborted) ending.abort();
  taken?.addEventListener('abort', () => ending.abort(), { once: true });
  return ending.signal;
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

function summaryOf(services: Services, known: KnownDataset): Omit<DatasetSummary, 'tracked'> {
  const { datasets, schedules: clock } = services;
  const { name, definition, declared, row } = known;
  const first = { deleted: false, limit: 1, offset: 0 };
  const [latest] = row === undefined ? [] : datasets.versions.page(row.dataset, first);
  return {
    name,
    definition,
    declared,
    versions: row === undefined ? 0 : datasets.versions.count(row.dataset),
    latest: latest === undefined ? null : (datasets.describeVersions(known, [latest])[0] ?? null),
    command: datasets.consents.commandOf(definition),
    schedule: declared ? clock.schedules.stateOf(known, clock.isRunning(name)) : null,
    behind: outdatedParts(services, known, latest?.id),
    deletedTime: row?.deletedTime ?? null,
  };
}

/** Whether the words of a dataset hold a text, in any case. */
function holds({ name, definition }: KnownDataset, text: string): boolean {
  const { owner = '', description = '', tags = [] } = definition;
  const wanted = text.toLowerCase();
  return [name, owner, description, ...tags].some((word) => word.toLowerCase().includes(wanted));
}
