// What the dataset panel and the Datasets view ask in one go, over the records, the kept results and the data process.
import type { CheckReport } from '../../protocol/datasets/contract/check';
import { parseVersionReference } from '../../protocol/datasets/dataset';
import type { DatasetsApi } from '../../protocol/datasets/dataset-api';
import type { Lineage, LineageNode } from '../../protocol/datasets/lineage';
import type { DatasetPanelApi, DatasetView, MeasuredProfile } from '../../protocol/datasets/panel/panel-api';
import type { Profile } from '../../protocol/datasets/table/profile';
import type { Services } from '../services';
import { columnWeights } from './column-weights';
import { datasetApi } from './dataset-api';
import { driftApi, keptDrift, versionsOf } from './drift-api';
import { isItself, referenceOf } from './drift-reference';
import type { GoingWork } from './going-work';
import { askSteadily } from './steady-tables';

/** Names what a profile was made with; the column to be predicted changes its alerts. */
function profileDigest(label: string | null): string {
  return `1:${label ?? ''}`;
}

/** The methods, and those about datasets as records. */
export function datasetPanelApi(services: Services, going: GoingWork): DatasetsApi & DatasetPanelApi {
  const records = datasetApi(services);
  const { datasets, readers, layout } = services;
  const usesOf = async (dataset: string, id: string): Promise<Pick<DatasetView, 'users' | 'feeds'>> => {
    const subject = { kind: 'version', id: `${dataset}@${id}`, depth: 1 } as const;
    const lineage = await readers.run('workspaceLineage', { ...subject, folder: layout.root });
    return { users: runsAfter(lineage, subject.id), feeds: madeFrom(lineage, subject.id) };
  };
  return {
    ...records,
    ...driftApi({ ...services, going }),
    datasetView: async ({ dataset: name, version: wanted, reference: asked }) => {
      const dataset = await records.getDataset(name);
      const version = datasets.getVersion({ dataset: name, version: wanted });
      const reference = referenceOf(services, { dataset: name, version: version.id }, asked);
      const [uses, weights] = await Promise.all([usesOf(name, version.id), columnWeights(services, name)]);
      const isReference = reference === null || isItself(reference, version.id);
      const check = datasets.findResult({ dataset: name, version: version.id, kind: 'check', digest: null });
      return {
        dataset,
        version,
        versions: versionsOf(services, name),
        drift: isReference ? null : keptDrift(services, version, reference),
        check: (check?.value as CheckReport | undefined) ?? null,
        ...uses,
        weights,
      };
    },
    measureProfile: (measure, signal) => measuredProfile({ services, going }, measure, signal),
    datasetWork: (query) => going.find(query),
    columnWeights: ({ dataset }) => columnWeights(services, dataset),
    versionUses: async ({ dataset, ids }) => {
      const names = ids.map((id) => `${dataset}@${id}`);
      const counts = await readers.run('versionRunCounts', { ids: names, folder: layout.root });
      return Object.fromEntries(ids.map((id, index) => [id, counts[names[index] ?? ''] ?? 0]));
    },
  };
}

type MeasureProfile = DatasetPanelApi['measureProfile'];

async function measuredProfile(
  { services, going }: { services: Services; going: GoingWork },
  { dataset, version: wanted, reference: asked, make, again }: Parameters<MeasureProfile>[0],
  signal: Parameters<MeasureProfile>[1],
): Promise<MeasuredProfile> {
  const { datasets, data, writes, opened } = services;
  const { source, version, definition } = make
    ? datasets.table({ dataset, version: wanted })
    : {
        source: null,
        version: datasets.getVersion({ dataset, version: wanted }),
        definition: datasets.known.get(dataset).definition,
      };
  const label = definition.label ?? null;
  const digest = profileDigest(label);
  const keptOf = (id: string): { value: unknown; time: number } | null =>
    datasets.findResult({ dataset, version: id, kind: 'profile', digest });
  const other = referenceOf(services, { dataset, version: version.id }, asked)?.versions[0] ?? null;
  const reference =
    other === null || other.id === version.id ? null : ((keptOf(other.id)?.value as Profile | undefined) ?? null);
  const kept = again ? null : keptOf(version.id);
  if (kept !== null) return { profile: kept.value as Profile, time: kept.time, reference };
  if (source === null) return { profile: null, time: null, reference };
  const told = going.begin(dataset, version.id, 'profile');
  try {
    const listening = { signal, onProgress: told.progress, onPartial: told.columns };
    const profile = await askSteadily(datasets, [{ dataset, version: version.id }], {
      act: 'profiled',
      ask: ([table = source]) => data.ask('profile', { source: table, label }, listening),
    });
    const summary = summaryOf(profile);
    const result = { dataset, version: version.id, kind: 'profile', digest, verdict: null, summary } as const;
    await writes.run(() =>
      opened.database.transaction(() => datasets.keepResult({ ...result, value: profile })).immediate(),
    );
    return { profile, time: Date.now(), reference };
  } finally {
    told.end();
  }
}

function summaryOf({ columns }: Profile): string {
  const warnings = columns.flatMap(({ alerts }) => alerts).filter(({ level }) => level === 'warning').length;
  return warnings === 0 ? 'nothing to look at' : `${warnings} to look at`;
}

function madeFrom({ edges }: Lineage, version: string): string[] {
  const made = edges.flatMap(({ from, to }) => (from.id === version && to.kind === 'version' ? [to.id] : []));
  return [...new Set(made.map((id) => parseVersionReference(id)?.dataset ?? id))].sort();
}

/** Runs that a version leads to, the newest first. */
function runsAfter({ nodes, edges }: Lineage, version: string): LineageNode[] {
  const ids = new Set(edges.filter(({ from, to }) => from.id === version && to.kind === 'run').map(({ to }) => to.id));
  return nodes.filter(({ kind, id }) => kind === 'run' && ids.has(id)).sort((a, b) => (b.time ?? 0) - (a.time ?? 0));
}
