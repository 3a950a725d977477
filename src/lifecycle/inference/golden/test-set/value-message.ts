// Values of ONNX read: TensorProto, SequenceProto and MapProto of onnx.proto and onnx-data.proto.
import { SlipwayError } from '../../../../base/errors';
import type { OnnxData, OnnxElement } from '../../../../platform/onnx/onnx-session';
import type { FlatTensor, TensorElement } from '../../../../protocol/inference/tensor';
import { readTensorHead } from '../../model-file/graph/tensor-message';
import type { WireField, WireReader, WireSpan } from '../../model-file/wire/wire-reader';
import { fromOnnx, isTensorElement } from '../../tensor/tensor-form';

/** A tensor and what it is called; '' where it has no name. */
export interface NamedTensor {
  name: string;
  tensor: FlatTensor;
}

/** TensorProto. Throws SlipwayError `invalid` for element types that are not run here, and MalformedBytes. */
export function readTensor(reader: WireReader, span: WireSpan): NamedTensor {
  const { name, element, shape, external } = readTensorHead(reader, span);
  if (external !== null)
    throw new SlipwayError('invalid', `The values of ${name} lie in another file: write them into it.`);
  if (!isTensorElement(element)) throw new SlipwayError('invalid', `Values of type ${element} cannot be given here.`);
  const length = shape.reduce((product, size) => product * size, 1);
  const data = element === 'string' ? texts(reader, span) : numbers(reader, span, element);
  if (data.length !== length) {
    const sizes = shape.join(' × ') || 'one value';
    throw new SlipwayError('invalid', `A tensor of ${sizes} holds ${data.length} values: the file is damaged.`);
  }
  const onnx = { type: (element === 'bfloat16' ? 'float32' : element) as OnnxElement, shape, data };
  return { name, tensor: { ...fromOnnx(onnx), type: element } };
}

function texts(reader: WireReader, span: WireSpan): string[] {
  const found: string[] = [];
  for (const field of reader.fields(span)) {
    if (field.number === 6) found.push(reader.text(field, Number.POSITIVE_INFINITY));
  }
  return found;
}

type NumberElement = Exclude<TensorElement, 'string'>;
type Numbers = Exclude<OnnxData, string[]>;

const ofBuffer: Readonly<Record<NumberElement, (buffer: ArrayBuffer) => Numbers>> = {
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => new Float64Array(buffer),
  float16: (buffer) => new Uint16Array(buffer),
  bfloat16: (buffer) => new Uint16Array(buffer),
  int8: (buffer) => new Int8Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  int64: (buffer) => new BigInt64Array(buffer),
  uint64: (buffer) => new BigUint64Array(buffer),
  bool: (buffer) => new Uint8Array(buffer),
};

/** From the raw bytes, which are little-endian, or from the field of its type. */
function numbers(reader: WireReader, span: WireSpan, element: NumberElement): Numbers {
  let raw: Numbers | undefined;
  const single: (number | bigint)[] = [];
  for (const field of reader.fields(span)) {
    if (field.number === 9) raw = ofBuffer[element](wholeBytes(reader, field, element));
    else if (field.number === 4) for (const value of reader.floats(field)) single.push(value);
    else if (field.number === 10) for (const value of doubles(reader, field)) single.push(value);
    else if (field.number === 5 || field.number === 7 || field.number === 11) {
      for (const value of reader.longs(field)) single.push(value);
    }
  }
  const found = raw ?? packed(element, single);
  if (element !== 'bfloat16') return found;
  return new Float32Array(Uint32Array.from(found as Uint16Array, (bits) => bits << 16).buffer);
}

function packed(element: NumberElement, values: readonly (number | bigint)[]): Numbers {
  const empty = ofBuffer[element](new ArrayBuffer(0));
  if (empty instanceof BigInt64Array) return BigInt64Array.from(values, BigInt);
  if (empty instanceof BigUint64Array) return BigUint64Array.from(values, (value) => BigInt.asUintN(64, BigInt(value)));
  const array = ofBuffer[element](new ArrayBuffer(values.length * empty.BYTES_PER_ELEMENT)) as Float64Array;
  for (const [at, value] of values.entries()) array[at] = Number(value);
  return array;
}

/** A copy of its own, because a typed array begins where its numbers may begin. */
function wholeBytes(reader: WireReader, field: WireField, element: NumberElement): ArrayBuffer {
  const bytes = new Uint8Array(reader.bytes(field.body, field.end - field.body));
  const size = ofBuffer[element](new ArrayBuffer(0)).BYTES_PER_ELEMENT;
  if (bytes.length % size !== 0)
    throw new SlipwayError('invalid', 'A tensor ends within a value: the file is damaged.');
  return bytes.buffer;
}

function* doubles(reader: WireReader, field: WireField): Generator<number, void, void> {
  for (let at = field.body; at + 8 <= field.end; at += 8) {
    const bytes = reader.bytes(at, 8);
    yield new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }
}

/** What a SequenceProto holds: tensors, or the scores of a class a row. */
export interface ReadSequence {
  tensors: FlatTensor[];
  maps: Map<string, number | string>[];
}

/** SequenceProto. */
export function readSequence(reader: WireReader, span: WireSpan): ReadSequence {
  const found: ReadSequence = { tensors: [], maps: [] };
  for (const field of reader.fields(span)) {
    if (field.number === 3) found.tensors.push(readTensor(reader, reader.message(field)).tensor);
    else if (field.number === 6) found.maps.push(readMap(reader, reader.message(field)));
  }
  return found;
}

/** MapProto. */
function readMap(reader: WireReader, span: WireSpan): Map<string, number | string> {
  const keys: string[] = [];
  let values: FlatTensor[] = [];
  for (const field of reader.fields(span)) {
    if (field.number === 3) for (const key of reader.longs(field)) keys.push(String(key));
    else if (field.number === 4) keys.push(reader.text(field, Number.POSITIVE_INFINITY));
    else if (field.number === 5) values = readSequence(reader, reader.message(field)).tensors;
  }
  const items = values.flatMap(({ data }) => data as (number | string)[]);
  return new Map(keys.map((key, at) => [key, items[at] ?? 'NaN']));
}
