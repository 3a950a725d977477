// A map of texts in a request, as protobuf's JSON form has it: an object.
import { SlipwayError } from '../../../base/errors';
import type { Fields } from '../wire/fields';

/** The entries of a map of texts; none when it is absent. Throws `invalid` for a value that is no text. */
export function textMap(fields: Fields, name: string): [string, string][] {
  const value = fields.value(name);
  if (value === undefined) return [];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value as Record<string, unknown>);
    if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return entries;
  }
  throw new SlipwayError('invalid', `Invalid value for parameter '${name}' supplied: it must be an object of texts.`);
}
