// Times and durations in the JSON form of protobuf: `2026-11-22T03:03:26.614Z` and `0.804s`.
import { SlipwayError } from '../../../base/errors';
import type { Fields } from '../wire/fields';

/** Epoch milliseconds as a timestamp. */
export function timestampText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** Milliseconds as a duration, with three digits behind the point or none. */
export function durationText(duration: number): string {
  return `${(duration / 1000).toFixed(3).replace('.000', '')}s`;
}

/** A timestamp as epoch milliseconds; undefined when absent. Throws `invalid` for a text that is none. */
export function timestampOf(fields: Fields, name: string): number | undefined {
  const text = fields.optionalText(name);
  if (text === undefined || text === '') return undefined;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new SlipwayError(
    'invalid',
    `Invalid value ${JSON.stringify(text)} for parameter '${name}' supplied: not a time.`,
  );
}

/** A duration as whole milliseconds; undefined when absent. Throws `invalid` for a text that is none. */
export function durationOf(fields: Fields, name: string): number | undefined {
  const text = fields.optionalText(name);
  if (text === undefined || text === '') return undefined;
  const seconds = /^-?\d{1,12}(?:\.\d{1,9})?s$/.test(text) ? Number(text.slice(0, -1)) : Number.NaN;
  if (!Number.isNaN(seconds)) return Math.round(seconds * 1000);
  throw new SlipwayError(
    'invalid',
    `Invalid value ${JSON.stringify(text)} for parameter '${name}' supplied: not a duration.`,
  );
}
