// Values of ONNX written: TensorProto, SequenceProto and MapProto of onnx.proto and onnx-data.proto.
import type { FlatTensor } from '../../../../protocol/inference/tensor';
import type { ElementType } from '../../../../protocol/inference/value-type';
import { joined, lengthField, numberField } from '../../derived/message-bytes';
import { elementCode } from '../../model-file/graph/value-message';
import { toOnnx } from '../../tensor/tensor-form';

/** What names a value, and the type that the model's file gives it where it is another than the tensor's own. */
export interface ValueName {
  name: string;
  element?: ElementType | undefined;
}

/** TensorProto. Throws SlipwayError `invalid` when the items do not fill the shape. */
export function tensorBytes(tensor: FlatTensor, { name, element = tensor.type }: ValueName): Uint8Array {
  const { data, shape } = toOnnx(tensor);
  const head = [
    ...shape.map((size) => numberField(1, size)),
    numberField(2, elementCode(element)),
    ...(name === '' ? [] : [lengthField(8, name)]),
  ];
  if (Array.isArray(data)) return joined([...head, ...data.map((text) => lengthField(6, text))]);
  const values = element === 'bfloat16' ? brainFloats(data as Float32Array) : data;
  return joined([...head, lengthField(9, [new Uint8Array(values.buffer, values.byteOffset, values.byteLength)])]);
}

/** The upper halves of float32, rounded to the nearest, ties to even. */
function brainFloats(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (each, at) =>
    Number.isNaN(values[at]) ? 0x7fc0 : (each + 0x7fff + ((each >>> 16) & 1)) >>> 16,
  );
}

const tensorKind = 1;
const mapKind = 4;

/** SequenceProto of tensors. */
export function sequenceBytes(items: readonly FlatTensor[], { name, element }: ValueName): Uint8Array {
  return joined([
    ...(name === '' ? [] : [lengthField(1, name)]),
    numberField(2, tensorKind),
    ...items.map((item) => lengthField(3, [tensorBytes(item, { name: '', element })])),
  ]);
}

/** SequenceProto of a map a row, as ZipMap gives them: `scores` (rows × classes) by class. */
export function mapsBytes(scores: FlatTensor, classes: readonly (string | number)[], keys: ElementType): Uint8Array {
  const rows = scores.shape[0] ?? 0;
  const maps = Array.from({ length: rows }, (_, row) => {
    const values = scores.data.slice(row * classes.length, (row + 1) * classes.length);
    const items = values.map((value): FlatTensor => ({ type: scores.type, shape: [], data: [value] }));
    return lengthField(6, [
      numberField(2, elementCode(keys)),
      ...classes.map((key) => (keys === 'string' ? lengthField(4, String(key)) : longField(3, BigInt(key)))),
      lengthField(5, [sequenceBytes(items, { name: '' })]),
    ]);
  });
  return joined([numberField(2, mapKind), ...maps]);
}

/** Negative ones as their two's complement of 64 bits. */
function longField(number: number, value: bigint): Uint8Array {
  const bytes = [number * 8];
  let rest = BigInt.asUintN(64, value);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 127n) | 0x80);
  return Uint8Array.from([...bytes, Number(rest)]);
}
