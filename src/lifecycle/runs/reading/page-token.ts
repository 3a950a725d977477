// Where a list goes on: the sort key of the last row shown, so that new rows never repeat or hide others. Short and
// without a sign that a shell would read, because people paste it.
import { SlipwayError } from '../../../base/errors';
import { fromWire, toWire, type WireNumber } from '../../../protocol/number';

type Part = string | number;

/** Makes the token that says "after the row with this sort key". */
export function pageToken(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? plain(part) : String(toWire(part)))).join(',');
}

/** Reads a token of the kinds given. Throws SlipwayError `invalid` for one that was not made by `pageToken` for it. */
export function readPageToken(token: string, kinds: readonly ('string' | 'number')[]): Part[] {
  const texts = token.split(',');
  const parts = texts.map((text, index) => (kinds[index] === 'number' ? numberOf(text) : textOf(text)));
  const sound = parts.filter((part) => part !== undefined);
  if (texts.length === kinds.length && sound.length === kinds.length) return sound;
  throw foreignToken();
}

/** The refusal of a token that belongs to another list, or to none. */
export function foreignToken(): SlipwayError {
  return new SlipwayError('invalid', 'The page token does not belong to this list. Start again without it.');
}

function plain(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function numberOf(text: string): number | undefined {
  const value = fromWire(text as WireNumber);
  return text.trim() === '' || (Number.isNaN(value) && text !== 'NaN') ? undefined : value;
}

function textOf(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
