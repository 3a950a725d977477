// What a version is called: by the label that people gave it last, else by the beginning of its content's hash.
import { referenceLabel } from '../../../src/protocol/datasets/panel/panel-api';

/** `2013-04`, or `9c41f07`. That a version is the reference is a role and no name. */
export function nameOfVersion({ id, labels }: { id: string; labels: readonly string[] }): string {
  return labels.findLast((label) => label !== referenceLabel) ?? labels.at(-1) ?? id.slice(0, 7);
}
