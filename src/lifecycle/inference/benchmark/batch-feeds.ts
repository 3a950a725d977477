// The input of a benchmark: rows repeated until there are as many as a batch has, or made up from what the model takes.
import { SlipwayError } from '../../../base/errors';
import type { OnnxData, OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { ModelValue } from '../../../protocol/inference/outline';
import type { FlatTensor, TensorItem } from '../../../protocol/inference/tensor';
import { isTensorElement, toOnnx } from '../tensor/tensor-form';

/** Values for one row by input. Throws SlipwayError `invalid` where an input is no tensor. */
export function madeUpFeeds(inputs: readonly ModelValue[]): Record<string, FlatTensor> {
  return Object.fromEntries(inputs.map((input) => [input.name, madeUp(input)]));
}

function madeUp({ name, type }: ModelValue): FlatTensor {
  if (type.kind !== 'tensor' || !isTensorElement(type.element) || type.shape === null) {
    throw new SlipwayError('invalid', `No values can be made up for the input ${name}. Give some with --input.`);
  }
  const shape = type.shape.map((size) => (typeof size === 'number' ? size : 1));
  const length = shape.reduce((product, size) => product * size, 1);
  const isFraction = /float/.test(type.element);
  const item = (at: number): TensorItem => {
    if (type.element === 'string') return '';
    if (type.element === 'bool') return at % 2 === 0;
    // Spread over 0 to 1, the same ones each time.
    return isFraction ? (at * 0.6180339887498949) % 1 : at % 2;
  };
  return { type: type.element, shape, data: Array.from({ length }, (_, at) => item(at)) };
}

/** The inputs whose first dimension is open, and so is the number of rows. */
export function rowInputs(inputs: readonly ModelValue[]): Set<string> {
  const isOpen = ({ type }: ModelValue): boolean =>
    type.kind === 'tensor' && (type.shape === null || typeof type.shape[0] === 'string' || type.shape[0] === null);
  return new Set(inputs.filter(isOpen).map(({ name }) => name));
}

/** `rows` rows of each of the inputs `open`, from those there are, again from the first when they run out; the rest as given. */
export function repeated(
  feeds: Readonly<Record<string, FlatTensor>>,
  open: ReadonlySet<string>,
  rows: number,
): Record<string, OnnxTensor> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => {
      const whole = toOnnx(tensor);
      return [name, open.has(name) && tensor.shape.length > 0 ? repeatedTensor(whole, rows, name) : whole];
    }),
  );
}

function repeatedTensor({ type, shape, data }: OnnxTensor, rows: number, name: string): OnnxTensor {
  const [own = 0, ...rest] = shape;
  if (own === 0) throw new SlipwayError('invalid', `The input ${name} has no row to repeat.`);
  const width = data.length / own;
  return { type, shape: [rows, ...rest], data: filled(data, rows * width) };
}

function filled(data: OnnxData, length: number): OnnxData {
  if (Array.isArray(data)) return Array.from({ length }, (_, at) => data[at % data.length] as string);
  const made = new (data.constructor as new (length: number) => Float64Array)(length);
  for (let at = 0; at < length; at += data.length) {
    made.set(data.subarray(0, Math.min(data.length, length - at)) as Float64Array, at);
  }
  return made;
}
