// What a version is called.
import { lastCount } from './drift-reference';
import type { MeasuredDrift } from './panel-api';

/** The label of the version that drift is measured against when nothing else is said. */
export const referenceLabel = 'reference';

/** By its last label, else by the beginning of its content's hash. That a version is the reference is a role and no name. */
export function versionName({ id, labels }: { id: string; labels: readonly string[] }): string {
  return labels.findLast((label) => label !== referenceLabel) ?? labels.at(-1) ?? id.slice(0, 7);
}

/** What a version is measured against: a version by its name, or `the 3 versions before`, `3 versions from 2013-01 to 2013-03`. */
export function referenceName({ asked, references, reference }: Omit<MeasuredDrift, 'drift' | 'time'>): string {
  const oldest = references.at(-1);
  if (references.length < 2 || oldest === undefined) return versionName(reference);
  if (lastCount(asked) !== null) return `the ${references.length} versions before`;
  return `${references.length} versions from ${versionName(oldest)} to ${versionName(reference)}`;
}
