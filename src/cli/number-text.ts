// Numbers and times in a terminal: plain characters that can be pasted and sorted, where protocol/wording.ts is for reading.
import type { WireNumber } from '../protocol/number';

/** At most six significant digits, and all of a whole number that is exact; the exact value is in --json. Absent is –. */
export function numberText(value: WireNumber | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (Number.isSafeInteger(value)) return String(value);
  const digits = Number(value.toPrecision(6));
  // Zeros would look like digits that are known.
  return Math.abs(digits) < Number.MAX_SAFE_INTEGER ? String(digits) : digits.toExponential();
}

/** `2026-11-20 17:42:05`, in the time zone of the machine; the number itself where a calendar has no such day. */
export function timeText(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
