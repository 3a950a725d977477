// The body of a request: JSON text, as every client sends it; JSON inside a JSON string, as very old ones do.
import { messageOf, SlipwayError } from '../../../base/errors';
import { Fields } from './fields';
import { RequestText } from './value-text';

const bareNumberWords = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** JSON as Python writes it may hold NaN and Infinity as bare words; they become texts. */
function tolerantParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const quoted = text.replace(bareNumberWords, (word) => (word.startsWith('"') ? word : `"${word}"`));
    if (quoted === text) throw error;
    return JSON.parse(quoted);
  }
}

/** The fields of a body; none when it is empty. Throws `bad-request` when it is not a JSON object. */
export function fieldsOfBody(body: unknown): Fields {
  if (typeof body !== 'string' || body === '') return new Fields({}, new RequestText('{}'));
  let parsed: unknown;
  try {
    parsed = tolerantParse(body);
    if (typeof parsed === 'string') parsed = tolerantParse(parsed);
  } catch (error) {
    throw new SlipwayError('bad-request', `The request body is not valid JSON: ${messageOf(error)}`, { cause: error });
  }
  if (parsed === null) return new Fields({}, new RequestText('{}'));
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new SlipwayError('bad-request', 'The request body must be a JSON object.');
  }
  return new Fields(parsed as Record<string, unknown>, new RequestText(body));
}
