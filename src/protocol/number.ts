// JSON has no NaN or infinity; everywhere a number crosses a process it takes this form.
import * as z from 'zod';

/** The numbers JSON cannot write. A literal and not an enum: the key `-Infinity` is lost in declaration files. */
export const nonFinite = z.literal(['NaN', 'Infinity', '-Infinity']);
export type NonFinite = z.infer<typeof nonFinite>;

/** A number on the wire: finite as itself, the three others as strings. */
export const wireNumber = z.union([z.number(), nonFinite]);
export type WireNumber = z.infer<typeof wireNumber>;

/** A 64-bit integer on the wire: its digits where a double would round it, beyond 2^53. */
export const wireInteger = z.union([z.number().int(), z.string()]);
export type WireInteger = z.infer<typeof wireInteger>;

/** Number to wire form. */
export function toWire(value: number): WireNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** Wire form to number. */
export function fromWire(value: WireNumber): number {
  return typeof value === 'number' ? value : Number(value);
}
