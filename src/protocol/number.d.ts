/** The numbers JSON cannot write. */
export type NonFinite = 'NaN' | 'Infinity' | '-Infinity';
/** A number on the wire: finite as itself, the three others as strings. */
export type WireNumber = number | NonFinite;
/** A 64-bit integer on the wire: its digits where a double would round it, beyond 2^53. */
export type WireInteger = number | string;
/** Number to wire form. */
export declare function toWire(value: number): WireNumber;
/** Wire form to number. */
export declare function fromWire(value: WireNumber): number;
