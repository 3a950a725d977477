// Where a list goes on: the sort key of the last row shown, so that new rows never repeat or hide others.
import { SlipwayError } from '../../../base/errors';
import { fromWire, toWire, type WireNumber } from '../../../protocol/number';

type Part = string | number;

/** Makes the token that says "after the row with this sort key". */
export function pageToken(parts: readonly Part[]): string {
  const wire = parts.map((part) => (typeof part === 'string' ? { s: part } : { n: toWire(part) }));
  return Buffer.from(JSON.stringify(wire)).toString('base64url');
}

/** Reads a token of the kinds given. Throws SlipwayError `invalid` for one that was not made by `pageToken` for it. */
export function readPageToken(token: string, kinds: readonly ('string' | 'number')[]): Part[] {
  try {
    const wire = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as { s?: string; n?: WireNumber }[];
    const parts = wire.map((part) => (part.n === undefined ? part.s : fromWire(part.n)));
    const sound = parts.length === kinds.length && parts.every((part, index) => typeof part === kinds[index]);
    if (sound) return parts as Part[];
  } catch {
    // Told below, like every other foreign token.
  }
  throw new SlipwayError('invalid', 'The page token does not belong to this list. Start again without it.');
}
