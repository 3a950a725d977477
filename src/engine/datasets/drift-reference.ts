// Which versions a drift is measured against.
import { SlipwayError } from '../../base/errors';
import type { DatasetVersion } from '../../protocol/datasets/dataset';
import type { DriftPreset } from '../../protocol/datasets/drift';
import {
  lastAdvice,
  lastCount,
  mostReferences,
  namedVersions,
  writtenReference,
} from '../../protocol/datasets/panel/drift-reference';
import { mostVersions } from '../../protocol/datasets/panel/panel-api';
import { referenceLabel } from '../../protocol/datasets/panel/version-name';
import type { Services } from '../services';

type Parts = Pick<Services, 'datasets'>;

/** Versions whose rows together are the reference. `asked` is that reference as it is written, a version by its id. */
export interface DriftReference {
  asked: string;
  /** The newest first; never none. */
  versions: [DatasetVersion, ...DatasetVersion[]];
}

/**
 * What `version` (an id) of a dataset is measured against. `wanted` null: the version that is labelled so, else what slipway.yaml
 * says, else the one that was seen first. Null where there is none, as before the first version. Throws SlipwayError `not-found`, and `invalid`
 * for a `last:` without a number.
 */
export function referenceOf(
  parts: Parts,
  { dataset, version }: { dataset: string; version: string },
  wanted: string | null,
): DriftReference | null {
  const asked = wanted ?? defaultOf(parts, dataset);
  if (asked === null) return null;
  try {
    return namedReference(parts, { dataset, version }, asked);
  } catch (error) {
    // Who asked for none reads of a version that was not asked for.
    if (wanted !== null || !SlipwayError.is(error)) throw error;
    throw new SlipwayError(
      error.code,
      `slipway.yaml measures the drift of ${dataset} against ${asked}. ${error.message}`,
    );
  }
}

function namedReference(
  parts: Parts,
  { dataset, version }: { dataset: string; version: string },
  asked: string,
): DriftReference | null {
  const last = lastCount(asked);
  if (last !== null) return referenceFrom(asked, previous(parts, { dataset, version }, last));
  if (asked.startsWith('last:')) throw new SlipwayError('invalid', `${lastAdvice}.`);
  const found = namedVersions(asked).map((name) => parts.datasets.getVersion({ dataset, version: name }));
  const versions = found.filter(({ id }, at) => found.findIndex((each) => each.id === id) === at);
  if (versions.length > mostReferences) {
    throw new SlipwayError('invalid', `A reference is made of at most ${mostReferences} versions.`);
  }
  return referenceFrom(versions.map(({ id }) => id).join(','), newestFirst(versions));
}

/** Whether the version is one of those it would be measured against, which says nothing. */
export function isItself({ versions }: DriftReference, version: string): boolean {
  return versions.some(({ id }) => id === version);
}

/** Names what a drift was measured with. A version is its content, so the same digest is the same answer. */
export function driftDigest(ids: readonly string[], preset: DriftPreset, keys: readonly string[]): string {
  const declared = keys.length === 0 ? '' : `:${JSON.stringify(keys)}`;
  return `${ids.join('+')}:${preset}:2${declared}`;
}

/** Of each version that is measured against `reference`, by its id, what its drift is named by; `last:N` differs from version to version. */
export function historyDigests(
  { datasets }: Parts,
  { dataset, reference }: { dataset: string; reference: DriftReference },
  keys: readonly string[],
): Record<string, string> {
  const number = datasets.known.get(dataset).row?.dataset ?? 0;
  const last = lastCount(reference.asked);
  const rows = datasets.versions.before(number, null, mostVersions + (last ?? reference.versions.length));
  const ids = rows.map(({ id }) => id);
  const own = reference.versions.map(({ id }) => id);
  const entries = ids.flatMap((id, at): [string, string][] => {
    const against = last === null ? own : ids.slice(at + 1, at + 1 + last);
    const isMeasured = against.length > 0 && (last !== null || !own.includes(id));
    return isMeasured ? [[id, driftDigest(against, 'slipway', keys)]] : [];
  });
  return Object.fromEntries(entries.slice(0, mostVersions));
}

function defaultOf({ datasets }: Parts, dataset: string): string | null {
  const { row, definition } = datasets.known.get(dataset);
  if (row === undefined) return null;
  const labelled = datasets.versions.labelled(row.dataset, referenceLabel);
  if (labelled?.deletedTime === null) return labelled.id;
  if (definition.reference !== undefined) return writtenReference(definition.reference);
  return datasets.versions.first(row.dataset)?.id ?? null;
}

function previous({ datasets }: Parts, { dataset, version }: { dataset: string; version: string }, count: number) {
  const known = datasets.known.get(dataset);
  const row = known.row === undefined ? undefined : datasets.versions.find(known.row.dataset, version);
  if (row === undefined) return [];
  return datasets.describeVersions(known, datasets.versions.before(row.dataset, row, count));
}

function referenceFrom(asked: string, [first, ...others]: DatasetVersion[]): DriftReference | null {
  return first === undefined ? null : { asked, versions: [first, ...others] };
}

function newestFirst(versions: readonly DatasetVersion[]): DatasetVersion[] {
  return [...versions].sort((a, b) => b.created - a.created);
}
