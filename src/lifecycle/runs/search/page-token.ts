// Where the next page starts, in the form MLflow's own stores use: base64 of JSON.
import { SlipwayError } from '../../../base/errors';

/** The token of the page that starts after `offset` rows. */
export function pageToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64');
}

/** The JSON inside a token. Throws `invalid` when there is none. */
export function decodeToken(token: string): Record<string, unknown> {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(token)) {
    throw new SlipwayError('invalid', 'Invalid page token, could not base64-decode');
  }
  const text = Buffer.from(token, 'base64').toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new SlipwayError('invalid', `Invalid page token, decoded value=${text}`, { cause: error });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SlipwayError('invalid', `Invalid page token, parsed value=${text}`);
  }
  return parsed as Record<string, unknown>;
}

/** How many rows to leave out; no token means none. Throws `invalid` for a token that is not ours. */
export function offsetOf(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const parsed = decodeToken(token);
  const offset = Number(parsed.offset);
  if (!parsed.offset || !Number.isSafeInteger(offset) || offset < 0) {
    throw new SlipwayError('invalid', `Invalid page token, parsed value=${JSON.stringify(parsed)}`);
  }
  return offset;
}
