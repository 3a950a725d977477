// A label as text, and when a text is a number.
import type { Cell } from '../../../../../platform/tables/byte-source';

/** `1`, `-2.50`, `+1.`: digits without zeros before them. */
const plainNumber = /^[+-]?(0|[1-9]\d*)(\.\d*)?$/;
/** Zeros before other digits make a code of them, as a postal one; hexadecimal digits are one as well. */
const code = /^[+-]?0[\dx]/i;
const missing = /^(nan|null|none|na)$/i;

/** One text per label, however it was written: 1, 1.0 and true are one, and so are 0 and false. Null for an empty cell. */
export function labelOf(cell: Cell): string | null {
  if (cell === null) return null;
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  const text = String(cell).trim();
  if (text === '') return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? '1' : '0';
  const value = Number(text);
  return plainNumber.test(text) && Math.abs(value) < 2 ** 53 ? String(Object.is(value, -0) ? 0 : value) : text;
}

/** Whether a text is a number and no code such as 01. */
export function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text)) && !code.test(text.trim());
}

/** Whether a text says `NaN`, `null`, `None` or `NA`, which among numbers is none. */
export function saysMissing(text: string): boolean {
  return missing.test(text);
}
