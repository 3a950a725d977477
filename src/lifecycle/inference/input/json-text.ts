// JSON as people and Python write it: whole numbers of any size stay exact, NaN and Infinity are understood.
import { parseDocument } from 'yaml';
import { SlipwayError } from '../../../base/errors';
import { Decimal } from './given';

/** What `JSON.parse` of the JavaScript runtimes we run on gives a reviver. */
type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

const wordOrText = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** What it is called where it is broken, and whether it is asked how a number is written. */
export interface JsonTerms {
  name?: string;
  keepsDecimals?: boolean;
}

/** Whole numbers beyond 2^53 become bigint; NaN and Infinity become their words. Throws SlipwayError `invalid` with the line. */
export function parseJsonText(text: string, { name = 'This', keepsDecimals = false }: JsonTerms = {}): unknown {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(wordOrText, (found) => (found.startsWith('"') ? found : `"${found}"`));
  try {
    return parse(plain, (_key, value, { source }) => {
      if (typeof value !== 'number' || source === undefined) return value;
      if (!/^-?\d+$/.test(source)) return keepsDecimals ? new Decimal(source) : value;
      return Number.isSafeInteger(value) ? value : BigInt(source);
    });
  } catch (error) {
    throw new SlipwayError('invalid', `${name} is not JSON: ${placeOf(error as Error, plain)}`, { cause: error });
  }
}

/** JSON is YAML, whose reader says where; the runtime's own says it of some mistakes only. */
function placeOf({ message }: Error, text: string): string {
  const place = parseDocument(text).errors[0]?.linePos?.[0];
  const reason = message.replace(/ in JSON at position.*$/s, '').replace(/, (\.\.\.)?".*is not valid JSON$/s, '');
  return place === undefined ? `${reason}.` : `line ${place.line}, column ${place.col}: ${reason}.`;
}
