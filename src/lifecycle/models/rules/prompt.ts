// Prompts are kept as registered models that a tag tells apart.
import { SlipwayError } from '../../../base/errors';
import type { ModelTag } from '../registered-model';

/** The tag that makes a registered model a prompt. */
export const promptTag = 'mlflow.prompt.is_prompt';

/** True when the tags make a prompt; of several with one key the last counts. */
export function isPrompt(tags: readonly ModelTag[]): boolean {
  return tags.findLast((tag) => tag.key === promptTag)?.value.toLowerCase() === 'true';
}

/** Throws `already-exists`, saying which of the two kinds took the name. */
export function refuseTakenName(name: string, taken: readonly ModelTag[], wanted: readonly ModelTag[]): never {
  const [old, made] = [taken, wanted].map((tags) =>
    tags.some((tag) => tag.key === promptTag) ? 'Prompt' : 'Registered Model',
  );
  if (old === made) throw new SlipwayError('already-exists', `${made} (name=${name}) already exists.`);
  throw new SlipwayError(
    'already-exists',
    `Tried to create a ${made?.toLowerCase()} with name '${name}', but the name is already taken by a ${old?.toLowerCase()}. MLflow does not allow creating a model and a prompt with the same name.`,
  );
}
