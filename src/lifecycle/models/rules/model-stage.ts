// The four stages of MLflow's registry. Deprecated there for aliases, and still used.
import { SlipwayError } from '../../../base/errors';

export const modelStages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type ModelStage = (typeof modelStages)[number];

/** The stages of versions in use: only from these may others be moved to the archive. */
const stagesInUse: readonly ModelStage[] = ['Staging', 'Production'];

/** The stage, in any case of its letters. Throws `invalid` for a word that is none. */
export function modelStage(text: string): ModelStage {
  const found = modelStages.find((stage) => stage.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new SlipwayError(
    'invalid',
    `Invalid Model Version stage: ${text}. Value must be one of ${modelStages.join(', ')}.`,
  );
}

/** Throws `invalid` for a stage whose other versions cannot be archived; `written` is the word the client used. */
export function checkArchiving(stage: ModelStage, written: string): void {
  if (stagesInUse.includes(stage)) return;
  throw new SlipwayError(
    'invalid',
    `Model version transition cannot archive existing model versions because '${written}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
  );
}
