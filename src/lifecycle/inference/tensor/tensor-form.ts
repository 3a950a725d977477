// A tensor between the form that crosses processes and the one that onnxruntime takes.
import { SlipwayError } from '../../../base/errors';
import type { OnnxData, OnnxElement, OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { FlatTensor, TensorElement, TensorItem } from '../../../protocol/inference/tensor';
import { halfToNumber, numberToHalf } from './half';

type NumberArray = new (length: number) => Exclude<OnnxData, BigInt64Array | BigUint64Array | string[]>;

const arrays: Readonly<Record<Exclude<OnnxElement, 'int64' | 'uint64' | 'string'>, NumberArray>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
};

/** Room for so many items of a tensor, not filled. */
export function emptyData(element: OnnxElement, length: number): OnnxData {
  if (element === 'string') return new Array<string>(length);
  if (element === 'int64') return new BigInt64Array(length);
  if (element === 'uint64') return new BigUint64Array(length);
  return new arrays[element](length);
}

/**
 * For onnxruntime. A bfloat16 is given as the float32 that the model's view takes in its place.
 * Throws SlipwayError `invalid` when the items do not fill the shape.
 */
export function toOnnx({ type, shape, data }: FlatTensor): OnnxTensor {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== data.length) {
    const sizes = shape.join(' × ');
    throw new SlipwayError('invalid', `${data.length} values were given for a shape of ${sizes || 'one value'}.`);
  }
  const element: OnnxElement = type === 'bfloat16' ? 'float32' : type;
  return { type: element, shape, data: packed(element, data) };
}

function packed(element: OnnxElement, data: readonly TensorItem[]): OnnxData {
  const array = emptyData(element, data.length);
  for (const [at, item] of data.entries()) setItem(array, at, { element, item });
  return array;
}

/** Puts an item as it crosses processes into its place among others of its type. */
export function setItem(
  data: OnnxData,
  at: number,
  { element, item }: { element: OnnxElement; item: TensorItem },
): void {
  const items = data as { [index: number]: string | bigint | number };
  if (element === 'string') items[at] = String(item);
  else if (element === 'int64' || element === 'uint64') items[at] = BigInt(item);
  else items[at] = element === 'float16' ? numberToHalf(Number(item)) : Number(item);
}

/** As it crosses processes: float32 as the double of the same value, whole numbers beyond 2^53 as text. */
export function fromOnnx({ type, shape, data }: OnnxTensor): FlatTensor {
  return { type, shape, data: items(type, data) };
}

function items(type: OnnxElement, data: OnnxData): TensorItem[] {
  if (type === 'string') return data as string[];
  if (type === 'bool') return Array.from(data as Uint8Array, (value) => value !== 0);
  if (type === 'int64' || type === 'uint64') return Array.from(data as BigInt64Array, exactInteger);
  if (type === 'float16') return Array.from(data as Uint16Array, (bits) => finiteOrWord(halfToNumber(bits)));
  if (type === 'float32' || type === 'float64') return Array.from(data as Float64Array, finiteOrWord);
  return Array.from(data as Int32Array);
}

function exactInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function finiteOrWord(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** Whether a type of the file is one that tensors here can have. */
export function isTensorElement(element: string): element is TensorElement {
  return element === 'bfloat16' || element in arrays || ['int64', 'uint64', 'string'].includes(element);
}
