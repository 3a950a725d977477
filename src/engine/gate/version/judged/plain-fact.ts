// A fact of a version before anything was found out.
import type { ModelVersionRow } from '../../../../lifecycle/models/model-version';
import type { GateFact } from '../../../../protocol/models/gate/gate-questions';

/** What is the same for most facts. */
export const plainFact: GateFact = {
  about: '',
  actual: null,
  n: null,
  unit: null,
  verdict: null,
  isFirst: false,
  why: '',
};

/** What to do where nobody said what a version was trained on. */
export function unknownData({ name, version }: Pick<ModelVersionRow, 'name' | 'version'>): string {
  return `What ${name}@${version} was trained on is not known: register it with --data DATASET@VERSION, or log it with its run.`;
}
