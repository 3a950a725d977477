// What a version was trained on, as far as its run tells.
import type { ModelVersionRow } from '../../../lifecycle/models/model-version';
import { parseVersionReference, type VersionReference } from '../../../protocol/datasets/dataset';
import type { ModelDefinition } from '../../../protocol/models/model-definition';
import type { Services } from '../../services';

type Parts = Pick<Services, 'readers' | 'layout'>;

/** Versions of datasets, by the dataset's name; none where no run is known. */
export async function trainingVersions(
  { readers, layout }: Parts,
  { runId }: Pick<ModelVersionRow, 'runId'>,
): Promise<VersionReference[]> {
  if (runId === '') return [];
  const read = await readers.run('trainingData', { runId, folder: layout.root });
  return read.map(({ dataset, version }) => ({ dataset, version })).sort((a, b) => (a.dataset < b.dataset ? -1 : 1));
}

/** What of it names the evidence: only where a rule looks at it. `datasets`: whose contract a rule asks for. */
export async function trainingPins(
  parts: Parts,
  row: ModelVersionRow,
  { gates }: ModelDefinition,
): Promise<{ pins: { name: string; version: string }[]; datasets: string[] }> {
  const contracts = gates.filter((rule) => rule.kind === 'data');
  const named = contracts.flatMap(({ dataset }) => (dataset === undefined ? [] : [parseVersionReference(dataset)]));
  const isAsked = named.length < contracts.length || gates.some(({ kind }) => kind === 'drift');
  const read = isAsked ? await trainingVersions(parts, row) : [];
  const own = named.length < contracts.length ? read : [];
  return {
    pins: read.map(({ dataset, version }) => ({ name: `trained on ${dataset}`, version })),
    datasets: [...named, ...own].flatMap((each) => each?.dataset ?? []),
  };
}
