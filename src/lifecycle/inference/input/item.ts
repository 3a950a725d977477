// One value as an item of a tensor.
import { SlipwayError } from '../../../base/errors';
import type { TensorElement, TensorItem } from '../../../protocol/inference/tensor';
import { Decimal, type Scalar } from './given';

/** Smallest and largest value of the integer types. */
const ranges: Partial<Record<TensorElement, readonly [bigint, bigint]>> = {
  int8: [-128n, 127n],
  uint8: [0n, 255n],
  int16: [-32768n, 32767n],
  uint16: [0n, 65535n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** What pandas reads as missing among numbers. */
const notNumbers = new Set([
  '',
  '#n/a',
  '#n/a n/a',
  '#na',
  '-1.#ind',
  '-1.#qnan',
  '-nan',
  '1.#ind',
  '1.#qnan',
  '<na>',
  'n/a',
  'na',
  'nan',
  'none',
  'null',
]);
/** Not what else JavaScript takes for one, such as 0x10. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
const infinities: ReadonlyMap<string, string> = new Map([
  ['infinity', 'Infinity'],
  ['inf', 'Infinity'],
  ['+inf', 'Infinity'],
  ['+infinity', 'Infinity'],
  ['-infinity', '-Infinity'],
  ['-inf', '-Infinity'],
]);
const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
]);

/**
 * The item for a model that takes `type`. What is missing is NaN for numbers with a fraction and an empty text for texts.
 * `where` says where the value stands, for whoever reads the error. Throws SlipwayError `invalid`.
 */
export function toItem(value: Scalar, type: TensorElement, where: string): TensorItem {
  if (type === 'string') return text(value, where);
  const plain = value instanceof Decimal ? Number(value) : value;
  if (type === 'bool') return truth(plain, where);
  const range = ranges[type];
  return range === undefined ? real(plain, where) : integer(plain, type, range, where);
}

type Plain = Exclude<Scalar, Decimal>;

/** The model was trained with one spelling of a number, which its value does not tell. */
function text(value: Scalar, where: string): string {
  if (value === null) return '';
  if (value instanceof Decimal || (typeof value === 'number' && !Number.isInteger(value)))
    throw wrong(value, 'a text, and the model takes one: 1, 1.0 and 1e0 are three of them. Write it in quotes', where);
  const found = String(value);
  if (!found.includes('\0')) return found;
  const sentence = `The text in ${where} has a NUL character, at which onnxruntime would cut it off. Take it out.`;
  throw new SlipwayError('invalid', sentence);
}

function real(value: Plain, where: string): number | string {
  if (value === null) return 'NaN';
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  const word = value.trim().toLowerCase();
  if (notNumbers.has(word)) return 'NaN';
  const infinity = infinities.get(word);
  if (infinity !== undefined) return infinity;
  if (word === 'true' || word === 'false') return Number(word === 'true');
  if (!decimal.test(word)) throw wrong(value, 'a number', where);
  const number = Number(word);
  return Number.isFinite(number) ? number : String(number);
}

function integer(
  value: Plain,
  type: TensorElement,
  [least, most]: readonly [bigint, bigint],
  where: string,
): number | string {
  const whole = wholeOf(value);
  if (whole === undefined) throw wrong(value, `a whole number, which ${type} needs`, where);
  if (whole < least || whole > most) throw wrong(value, `within ${least} and ${most}, as ${type} needs`, where);
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : String(whole);
}

function wholeOf(value: Plain): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  const text = value?.trim() ?? '';
  if (/^(true|false)$/i.test(text)) return /^t/i.test(text) ? 1n : 0n;
  if (/^[+-]?\d+(\.0*)?$/.test(text)) return BigInt(text.replace(/^\+|\.0*$/g, ''));
  // 1e3, as JSON may have it.
  const number = decimal.test(text.toLowerCase()) ? Number(text) : Number.NaN;
  return Number.isInteger(number) ? BigInt(number) : undefined;
}

function truth(value: Plain, where: string): boolean {
  const found = truths.get(String(value).trim().toLowerCase());
  if (found === undefined) throw wrong(value, 'true or false', where);
  return found;
}

function wrong(value: Scalar, expected: string, where: string): SlipwayError {
  const shown = value === null ? 'Nothing' : `"${String(value).slice(0, 60)}"`;
  return new SlipwayError('invalid', `${shown} in ${where} is not ${expected}.`);
}
