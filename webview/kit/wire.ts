// Numbers as they come over the wire (protocol/number.ts), without pulling its validator into the page.
import type { WireNumber } from '../../src/protocol/number';

/** True for NaN and the infinities. */
export function isNonFinite(value: WireNumber): boolean {
  return typeof value === 'string';
}

/** Such a value by its name, with a real minus sign. */
export function fromWireText(value: WireNumber): string {
  return String(value).replace('-', '−');
}
