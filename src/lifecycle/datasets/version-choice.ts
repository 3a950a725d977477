// Which version is meant by `latest`, a label, or the beginning of an id.
import { SlipwayError } from '../../base/errors';
import type { KnownDataset } from './known-datasets';
import type { VersionRow, VersionStore } from './store/version-store';

/** Fewer digits would soon mean another version. */
const fewestDigits = 4;

/**
 * The version of a dataset that `wanted` means; with `deleted` one in the trash. Throws SlipwayError `not-found`, and
 * `invalid` where the beginning of an id means several.
 */
export function chooseVersion(
  versions: VersionStore,
  { name, row }: KnownDataset,
  { wanted, deleted = false }: { wanted: string; deleted?: boolean },
): VersionRow {
  const advice = `\`slipway dataset versions ${name}${deleted ? ' --trash' : ''}\` lists them.`;
  const first = row === undefined ? undefined : versions.page(row.dataset, { deleted, limit: 1, offset: 0 })[0];
  if (row === undefined || first === undefined) {
    const what = deleted
      ? `has no version in the trash. \`slipway dataset versions ${name}\` lists those that are not.`
      : `has not been read yet. \`slipway dataset refresh ${name}\` reads it.`;
    throw new SlipwayError('not-found', `${name} ${what}`);
  }
  if (wanted === 'latest') return first;
  const labelled = versions.labelled(row.dataset, wanted);
  if (labelled !== undefined && (labelled.deletedTime !== null) === deleted) return labelled;
  const start = wanted.toLowerCase();
  const isId = /^[0-9a-f]+$/.test(start) && start.length >= fewestDigits;
  const [found, another] = isId ? versions.beginning(row.dataset, start, deleted) : [];
  if (found === undefined) {
    const isShort = /^[0-9a-f]+$/.test(start) && start.length < fewestDigits;
    const why = isShort ? ` An id needs at least ${fewestDigits} digits.` : '';
    throw new SlipwayError(
      'not-found',
      `${name} has no version or label ${wanted}${deleted ? ' in the trash' : ''}.${why} ${advice}`,
    );
  }
  if (another !== undefined) {
    throw new SlipwayError('invalid', `${name}@${wanted} means several versions. Say more digits. ${advice}`);
  }
  return found;
}
