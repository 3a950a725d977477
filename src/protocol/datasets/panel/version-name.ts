// What a version is called.
import { referenceLabel } from './panel-api';

/** By its last label, else by the beginning of its content's hash. That a version is the reference is a role and no name. */
export function versionName({ id, labels }: { id: string; labels: readonly string[] }): string {
  return labels.findLast((label) => label !== referenceLabel) ?? labels.at(-1) ?? id.slice(0, 7);
}
