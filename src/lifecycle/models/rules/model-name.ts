// The rules of models' names and of tags. The sentences are those clients of the MLflow API match on.
import { SlipwayError } from '../../../base/errors';
import { checkKeyName, checkLength, checkSamePath } from '../../../workspace/key-name';
import type { ModelTag } from '../registered-model';

const limits = { name: 256, key: 250, value: 100_000 };
const promptTextTag = 'mlflow.prompt.text';

/** Throws `invalid` unless the text may name a model. `field` is what a blank one is called. */
export function checkModelName(name: string, field = 'name'): void {
  if (name.trim() === '') throw new SlipwayError('invalid', `Missing value for required parameter '${field}'.`);
  if (/[/:]/.test(name)) {
    throw new SlipwayError('invalid', `Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  }
  checkSamePath(name, 'name');
}

/** As `checkModelName`, for a name that a model gets: no longer than MLflow's column for it, and nothing that ends a text early. */
export function checkNewModelName(name: string, field = 'name'): void {
  checkLength(field, limits.name, name);
  if (name.includes('\0')) throw new SlipwayError('invalid', `Invalid model name: '${field}' holds a NUL character.`);
  checkModelName(name, field);
}

/** Throws `invalid` for a tag that is too long or badly named. */
export function checkModelTag(tag: ModelTag): void {
  checkKeyName(tag.key, 'key');
  checkLength('key', limits.key, tag.key);
  if (tag.key === promptTextTag && tag.value.length > limits.value) {
    throw new SlipwayError('invalid', `Prompt text exceeds max length of ${limits.value} characters.`);
  }
  checkLength('value', limits.value, tag.value);
}
