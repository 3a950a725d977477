// Which values are there: a bit each, as Arrow and DuckDB both have them.
import type { Data } from 'apache-arrow';
import { damaged } from './arrow-fault';

/** Bits of `count` values from the first on; undefined: all are there. */
export type Presence = Uint8Array | undefined;

/** Of the values from `from` on; `above` are those of the structures that they are within. Throws ArrowFault. */
export function presenceOf(data: Data, { from, count }: { from: number; count: number }, above: Presence): Presence {
  if (data.nullCount === 0 || data.nullBitmap === null || data.nullBitmap.length === 0) return above;
  const own = bitsFrom(data.nullBitmap, from, count);
  if (above === undefined) return own;
  for (const [index, byte] of above.entries()) own[index] = (own[index] as number) & byte;
  return own;
}

/** A copy of bits that may begin within a byte. Throws ArrowFault where there are too few. */
export function bitsFrom(bits: Uint8Array, from: number, count: number): Uint8Array {
  const [first, shift, length] = [from >> 3, from & 7, (count + 7) >> 3];
  if (bits.length * 8 < from + count) throw damaged();
  if (shift === 0) return bits.slice(first, first + length);
  const moved = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) {
    const next = bits[first + index + 1] ?? 0;
    moved[index] = ((bits[first + index] as number) >> shift) | (next << (8 - shift));
  }
  return moved;
}

/** Whether the value is there. */
export function isThere(presence: Presence, index: number): boolean {
  return presence === undefined || ((presence[index >> 3] as number) >> (index & 7)) % 2 === 1;
}
