// Drift of a version from a reference: measured by the data process, kept with the version, told over all versions.
import type { DatasetVersion } from '../../protocol/datasets/dataset';
import { type Drift, type DriftPreset, driftOptions } from '../../protocol/datasets/drift';
import {
  type DatasetPanelApi,
  type MeasuredDrift,
  mostVersions,
  referenceLabel,
} from '../../protocol/datasets/panel/panel-api';
import type { TableSource } from '../../protocol/datasets/table-source';
import type { Services } from '../services';
import type { GoingWork } from './going-work';
import { askSteadily } from './steady-tables';

type Parts = Pick<Services, 'datasets' | 'data' | 'writes' | 'opened' | 'readers'> & { going: GoingWork };

/** Names what a drift was measured with. A version is its content, so the same digest is the same answer. */
function digestOf(reference: DatasetVersion, preset: DriftPreset, keys: readonly string[]): string {
  const declared = keys.length === 0 ? '' : `:${JSON.stringify(keys)}`;
  return `${reference.id}:${preset}:2${declared}`;
}

/** The columns that slipway.yaml says name a row. */
function keysOf({ datasets }: Pick<Parts, 'datasets'>, dataset: string): string[] {
  return [datasets.known.get(dataset).definition.key ?? []].flat();
}

/** `wanted` null: the version that is labelled so, else the one that was seen first. Throws `not-found`. */
export function referenceOf(
  { datasets }: Pick<Parts, 'datasets'>,
  dataset: string,
  wanted: string | null,
): DatasetVersion | null {
  if (wanted !== null) return datasets.getVersion({ dataset, version: wanted });
  const known = datasets.known.get(dataset);
  if (known.row === undefined) return null;
  const number = known.row.dataset;
  const labelled = datasets.versions.labelled(number, referenceLabel);
  const row = labelled?.deletedTime === null ? labelled : datasets.versions.first(number);
  return row === undefined ? null : (datasets.describeVersions(known, [row])[0] ?? null);
}

/** The newest versions of a dataset. */
export function versionsOf({ datasets }: Pick<Parts, 'datasets'>, dataset: string): DatasetVersion[] {
  return datasets.listVersions({ dataset, deleted: false, limit: mostVersions, page: null }).items;
}

/** The drift that is kept of a version against a reference. */
export function keptDrift(
  parts: Pick<Parts, 'datasets'>,
  version: DatasetVersion,
  reference: DatasetVersion,
): MeasuredDrift {
  const digest = digestOf(reference, 'slipway', keysOf(parts, version.dataset));
  const found = parts.datasets.findResult({ dataset: version.dataset, version: version.id, kind: 'drift', digest });
  return { reference, drift: (found?.value as Drift | undefined) ?? null, time: found?.time ?? null };
}

/** The methods of the API about drift. */
export function driftApi(parts: Parts): Pick<DatasetPanelApi, 'measureDrift' | 'driftColumn' | 'driftHistory'> {
  const { datasets, data, readers } = parts;
  return {
    measureDrift: async ({ dataset, version: wanted, reference: asked, preset, again }, signal) => {
      const version = datasets.getVersion({ dataset, version: wanted });
      const reference = referenceOf(parts, dataset, asked) ?? version;
      const kept = keptDrift(parts, version, reference);
      if (!again && preset === 'slipway' && kept.drift !== null) return kept;
      const drift = await measured(parts, { version, reference, preset }, signal);
      return { reference, drift, time: Date.now() };
    },
    driftColumn: async ({ dataset, version, reference: asked, column }, signal) => {
      const reference = referenceOf(parts, dataset, asked);
      const sources = {
        reference: datasets.table({ dataset, version: reference?.id ?? version }).source,
        current: datasets.table({ dataset, version }).source,
      };
      // With the pages: who chooses a column does not wait for a profile.
      const told = signal === undefined ? {} : { signal };
      return data.ask('driftColumn', { ...sources, column, preset: 'slipway' }, { lane: 'pages', ...told });
    },
    driftHistory: async ({ dataset, reference: asked, columns }) => {
      const reference = referenceOf(parts, dataset, asked);
      if (reference === null) return { reference, moments: [] };
      const digest = digestOf(reference, 'slipway', keysOf(parts, dataset));
      const about = { dataset, reference: reference.id, digest, columns, limit: mostVersions };
      return { reference, moments: await readers.run('driftHistory', about) };
    },
  };
}

/** Asks the data process, and keeps what it says. */
async function measured(
  parts: Parts,
  { version, reference, preset }: { version: DatasetVersion; reference: DatasetVersion; preset: DriftPreset },
  signal: Parameters<DatasetPanelApi['measureDrift']>[1],
): Promise<Drift> {
  const { datasets, data, writes, opened, going } = parts;
  const { dataset, id } = version;
  const keys = keysOf(parts, dataset);
  const told = going.begin(dataset, id, 'drift');
  try {
    const options = driftOptions.parse({ preset, keys });
    const sides = [reference.id, id].map((each) => ({ dataset, version: each }));
    const drift = await askSteadily(datasets, sides, {
      act: 'compared',
      ask: ([reference, current]) => {
        const input = { reference: reference as TableSource, current: current as TableSource, options };
        return data.ask('drift', input, { signal, onProgress: told.progress });
      },
    });
    const { drifted, columns, verdict } = drift.dataset;
    const summary = `${drifted.toLocaleString('en-US')} of ${columns.toLocaleString('en-US')} drifted`;
    const result = {
      dataset,
      version: id,
      kind: 'drift',
      digest: digestOf(reference, preset, keys),
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
