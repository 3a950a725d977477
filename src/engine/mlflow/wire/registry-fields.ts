// What requests to the registry hold: tags, and searches as they are asked for.
import { SlipwayError } from '../../../base/errors';
import type { RegistrySearchRequest } from '../../../lifecycle/models/queries';
import type { ModelTag } from '../../../lifecycle/models/registered-model';
import type { Fields } from './fields';

/** The tags in a request. Whether they may be called so is for the registry to say. */
export function registryTags(fields: Fields): ModelTag[] {
  return fields.items('tags').map((tag) => ({ key: tag.text('key'), value: tag.text('value') }));
}

/** The search in a request. Throws `invalid` beyond `most` results; `usual` is how many there are when nothing is said. */
export function registrySearch(
  fields: Fields,
  { usual, most }: { usual: number; most: number },
): RegistrySearchRequest {
  const limit = fields.integer('max_results') ?? usual;
  if (limit > most) {
    const given = fields.value('max_results');
    const type = typeof given === 'string' ? 'str' : 'int';
    throw new SlipwayError(
      'invalid',
      `Invalid value ${JSON.stringify(given)} for parameter 'max_results' supplied:  Hint: Value was of type '${type}'. See the API docs for more information about request parameters.`,
    );
  }
  return {
    filter: fields.text('filter'),
    orderBy: fields.texts('order_by'),
    limit,
    token: fields.optionalText('page_token'),
  };
}
