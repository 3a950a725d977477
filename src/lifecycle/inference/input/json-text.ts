// JSON as people and Python write it: whole numbers of any size stay exact, NaN and Infinity are understood.
import { parseDocument } from 'yaml';
import { SlipwayError } from '../../../base/errors';

/** What `JSON.parse` of the JavaScript runtimes we run on gives a reviver. */
type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

const wordOrText = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Whole numbers beyond 2^53 become bigint; NaN and Infinity become their words. Throws SlipwayError `invalid` with the line. */
export function parseJsonText(text: string): unknown {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(wordOrText, (found) => (found.startsWith('"') ? found : `"${found}"`));
  try {
    return parse(plain, (_key, value, { source }) =>
      typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
        ? BigInt(source)
        : value,
    );
  } catch (error) {
    throw new SlipwayError('invalid', `This is not JSON: ${placeOf(error as Error, plain)}`, { cause: error });
  }
}

/** JSON is YAML, whose reader says where; the runtime's own says it of some mistakes only. */
function placeOf({ message }: Error, text: string): string {
  const place = parseDocument(text).errors[0]?.linePos?.[0];
  const reason = message.replace(/ in JSON at position.*$/s, '').replace(/, (\.\.\.)?".*is not valid JSON$/s, '');
  return place === undefined ? `${reason}.` : `line ${place.line}, column ${place.col}: ${reason}.`;
}
