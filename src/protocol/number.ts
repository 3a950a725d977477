// JSON has no NaN or infinity; everywhere a number crosses a process it takes this form.

/** The numbers JSON cannot write. */
export type NonFinite = 'NaN' | 'Infinity' | '-Infinity';

/** A number on the wire: finite as itself, the three others as strings. */
export type WireNumber = number | NonFinite;

/** A 64-bit integer on the wire: its digits where a double would round it, beyond 2^53. */
export type WireInteger = number | string;

/** Number to wire form. */
export function toWire(value: number): WireNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** Wire form to number. */
export function fromWire(value: WireNumber): number {
  return typeof value === 'number' ? value : Number(value);
}
