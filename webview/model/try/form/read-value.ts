// What is written in a field, as an item of a tensor, or what is wrong with it.
import type { TensorElement } from '../../../../src/protocol/inference/tensor';

/** `json` is the item as JSON that keeps every digit; `isMissing`: nothing stands there, and NaN is sent. */
export type ReadValue = { json: string; isMissing?: true } | { problem: string };

/** Bits and sign of the integer types. */
const integers: Partial<Record<TensorElement, readonly [bits: bigint, isSigned: boolean]>> = {
  int8: [8n, true],
  uint8: [8n, false],
  int16: [16n, true],
  uint16: [16n, false],
  int32: [32n, true],
  uint32: [32n, false],
  int64: [64n, true],
  uint64: [64n, false],
};
const words: ReadonlyMap<string, string> = new Map([
  ['nan', 'NaN'],
  ['inf', 'Infinity'],
  ['infinity', 'Infinity'],
  ['-inf', '-Infinity'],
  ['-infinity', '-Infinity'],
]);
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** The text of a field of type `element`. */
export function readValue(text: string, element: TensorElement): ReadValue {
  if (element === 'string') return { json: JSON.stringify(text) };
  const written = text.trim();
  if (element === 'bool') return readTruth(written);
  const range = integers[element];
  return range === undefined ? readReal(written) : readInteger(written, element, range);
}

function readTruth(written: string): ReadValue {
  if (/^(true|1|yes)$/i.test(written)) return { json: 'true' };
  if (/^(false|0|no)$/i.test(written)) return { json: 'false' };
  return { problem: written === '' ? 'Choose true or false.' : `${written} is neither true nor false.` };
}

function readReal(written: string): ReadValue {
  if (written === '') return { json: '"NaN"', isMissing: true };
  const word = words.get(written.toLowerCase());
  if (word !== undefined) return { json: JSON.stringify(word) };
  if (jsonNumber.test(written)) return { json: written };
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written)) return { json: String(Number(written)) };
  const hint = /^[+-]?\d+,\d+$/.test(written)
    ? ` Write ${written.replace(',', '.')}, or the number without a comma.`
    : '';
  return { problem: `${written} is no number.${hint}` };
}

function readInteger(written: string, element: TensorElement, [bits, isSigned]: readonly [bigint, boolean]): ReadValue {
  if (written === '') return { problem: 'A whole number is needed: it cannot be missing.' };
  const plain = written.replace(/^\+/, '').replace(/\.0+$/, '');
  if (!/^-?\d+$/.test(plain)) return { problem: `${written} is no whole number, which ${element} needs.` };
  const value = BigInt(plain);
  const least = isSigned ? -(2n ** (bits - 1n)) : 0n;
  const most = isSigned ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
  if (value < least || value > most)
    return { problem: `${written} is not within ${least} and ${most}, as ${element} needs.` };
  return { json: value.toString() };
}
