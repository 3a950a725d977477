// Drift of a version from a reference: measured by the data process, kept with the version, told over all versions.
import { SlipwayError } from '../../base/errors';
import type { DatasetVersion } from '../../protocol/datasets/dataset';
import { type Drift, type DriftPreset, driftOptions } from '../../protocol/datasets/drift';
import { type DatasetPanelApi, type MeasuredDrift, mostVersions } from '../../protocol/datasets/panel/panel-api';
import { versionName } from '../../protocol/datasets/panel/version-name';
import type { TableSource } from '../../protocol/datasets/table-source';
import { unionSource } from '../../protocol/datasets/union-source';
import type { Services } from '../services';
import { type DriftReference, driftDigest, historyDigests, referenceOf } from './drift-reference';
import type { GoingWork } from './going-work';
import { askSteadily } from './steady-tables';

type Parts = Pick<Services, 'datasets' | 'data' | 'writes' | 'opened' | 'readers'> & { going: GoingWork };

/** The columns that slipway.yaml says name a row. */
function keysOf({ datasets }: Pick<Parts, 'datasets'>, dataset: string): string[] {
  return [datasets.known.get(dataset).definition.key ?? []].flat();
}

/** The newest versions of a dataset. */
export function versionsOf({ datasets }: Pick<Parts, 'datasets'>, dataset: string): DatasetVersion[] {
  return datasets.listVersions({ dataset, deleted: false, limit: mostVersions, page: null }).items;
}

/** The drift that is kept of a version against a reference. */
export function keptDrift(
  parts: Pick<Parts, 'datasets'>,
  version: DatasetVersion,
  { asked, versions }: DriftReference,
): MeasuredDrift {
  const digest = driftDigest(idsOf(versions), 'slipway', keysOf(parts, version.dataset));
  const found = parts.datasets.findResult({ dataset: version.dataset, version: version.id, kind: 'drift', digest });
  const kept = { drift: (found?.value as Drift | undefined) ?? null, time: found?.time ?? null };
  return { reference: versions[0], references: versions, asked, ...kept };
}

/** The methods of the API about drift. */
export function driftApi(parts: Parts): Pick<DatasetPanelApi, 'measureDrift' | 'driftColumn' | 'driftHistory'> {
  const { datasets, data, readers } = parts;
  return {
    measureDrift: async ({ dataset, version: wanted, reference: asked, preset, again }, signal) => {
      const version = datasets.getVersion({ dataset, version: wanted });
      const reference = requiredReference(parts, version, asked);
      const kept = keptDrift(parts, version, reference);
      if (!again && preset === 'slipway' && kept.drift !== null) return kept;
      const drift = await measuredDrift(parts, { version, reference, preset }, signal);
      return { ...kept, drift, time: Date.now() };
    },
    driftColumn: async ({ dataset, version: wanted, reference: asked, column }, signal) => {
      const version = datasets.getVersion({ dataset, version: wanted });
      const reference = requiredReference(parts, version, asked);
      const sources = reference.versions.map(({ id }) => datasets.table({ dataset, version: id }).source);
      const current = datasets.table({ dataset, version: version.id }).source;
      // With the pages: who chooses a column does not wait for a profile.
      const told = signal === undefined ? {} : { signal };
      const input = { reference: unionOf(reference, sources), current, column, preset: 'slipway' } as const;
      return data.ask('driftColumn', input, { lane: 'pages', ...told });
    },
    driftHistory: async ({ dataset, reference: asked, columns }) => {
      // By the version that came last, since `last:N` has nothing before the first.
      const [newest] = datasets.versions.before(datasets.known.get(dataset).row?.dataset ?? 0, null, 1);
      const reference = newest === undefined ? null : referenceOf(parts, { dataset, version: newest.id }, asked);
      if (reference === null) return { reference, moments: [] };
      const digests = historyDigests(parts, { dataset, reference }, keysOf(parts, dataset));
      return {
        reference: reference.versions[0],
        moments: await readers.run('driftHistory', { dataset, digests, columns }),
      };
    },
  };
}

/** Throws SlipwayError `invalid` where there is nothing before the version. */
function requiredReference(
  parts: Pick<Parts, 'datasets'>,
  version: DatasetVersion,
  asked: string | null,
): DriftReference {
  const reference = referenceOf(parts, { dataset: version.dataset, version: version.id }, asked);
  if (reference !== null) return reference;
  throw new SlipwayError('invalid', `${nameOf(version)} has no version before it to be measured against.`);
}

function nameOf({ dataset, ...version }: DatasetVersion): string {
  return `${dataset}@${versionName(version)}`;
}

function idsOf(versions: readonly DatasetVersion[]): string[] {
  return versions.map(({ id }) => id);
}

/** The rows of all versions; `sources` are their tables. */
function unionOf({ versions }: DriftReference, sources: readonly TableSource[]): TableSource {
  return unionSource(sources.map((source, at) => ({ name: nameOf(versions[at] ?? versions[0]), source })));
}

/** Asks the data process, and keeps what it says. */
export async function measuredDrift(
  parts: Omit<Parts, 'readers'>,
  { version, reference, preset }: { version: DatasetVersion; reference: DriftReference; preset: DriftPreset },
  signal: Parameters<DatasetPanelApi['measureDrift']>[1],
): Promise<Drift> {
  const { datasets, data, writes, opened, going } = parts;
  const { dataset, id } = version;
  const keys = keysOf(parts, dataset);
  const told = going.begin(dataset, id, 'drift');
  try {
    const options = driftOptions.parse({ preset, keys });
    const sides = [id, ...idsOf(reference.versions)].map((each) => ({ dataset, version: each }));
    const drift = await askSteadily(datasets, sides, {
      act: 'compared',
      ask: ([current, ...sources]) => {
        const input = { reference: unionOf(reference, sources), current: current as TableSource, options };
        return data.ask('drift', input, { signal, onProgress: told.progress });
      },
    });
    const { drifted, columns, verdict } = drift.dataset;
    const summary = `${drifted.toLocaleString('en-US')} of ${columns.toLocaleString('en-US')} drifted`;
    const result = {
      dataset,
      version: id,
      kind: 'drift',
      digest: driftDigest(idsOf(reference.versions), preset, keys),
      verdict,
      summary,
    } as const;
    await writes.run(() =>
      opened.database.transaction(() => datasets.keepResult({ ...result, value: drift })).immediate(),
    );
    return drift;
  } finally {
    told.end();
  }
}
