// Types and shapes as onnx.proto writes them: TypeProto, TensorShapeProto, ValueInfoProto.
import type { ModelValue } from '../../../../protocol/inference/outline';
import type { Dimension, ElementType, ValueType } from '../../../../protocol/inference/value-type';
import { MalformedBytes, type WireReader, type WireSpan } from '../wire/wire-reader';

/** By the number of TensorProto.DataType. */
const elements: readonly ElementType[] = [
  'unknown',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
];
const deepestType = 16;

/** The type of a number of TensorProto.DataType. */
export function elementOf(code: number): ElementType {
  return elements[code] ?? 'unknown';
}

/** The number of a type in TensorProto.DataType. */
export function elementCode(element: ElementType): number {
  return elements.indexOf(element);
}

/** ValueInfoProto. */
export function readValue(reader: WireReader, span: WireSpan): ModelValue {
  const value: ModelValue = { name: '', type: { kind: 'unknown' }, doc: '' };
  for (const field of reader.fields(span)) {
    if (field.number === 1) value.name = reader.text(field);
    else if (field.number === 2) value.type = readType(reader, reader.message(field));
    else if (field.number === 3) value.doc = reader.text(field);
  }
  return value;
}

/** TypeProto. */
function readType(reader: WireReader, span: WireSpan, depth = 0): ValueType {
  if (depth > deepestType) throw new MalformedBytes('a type lies too deep within others', span.body);
  let type: ValueType = { kind: 'unknown' };
  for (const field of reader.fields(span)) {
    if (field.number === 1) type = { kind: 'tensor', ...readTensorType(reader, reader.message(field)) };
    else if (field.number === 8) type = { kind: 'sparse', ...readTensorType(reader, reader.message(field)) };
    else if (field.number === 4) type = { kind: 'sequence', of: readElementType(reader, reader.message(field), depth) };
    else if (field.number === 9) type = { kind: 'optional', of: readElementType(reader, reader.message(field), depth) };
    else if (field.number === 5) type = readMapType(reader, reader.message(field), depth);
    else if (field.number === 7) type = { kind: 'opaque', name: readOpaqueName(reader, reader.message(field)) };
  }
  return type;
}

function readTensorType(reader: WireReader, span: WireSpan): { element: ElementType; shape: Dimension[] | null } {
  let element: ElementType = 'unknown';
  let shape: Dimension[] | null = null;
  for (const field of reader.fields(span)) {
    if (field.number === 1) element = elementOf(reader.number(field));
    else if (field.number === 2) shape = readShape(reader, reader.message(field));
  }
  return { element, shape };
}

function readShape(reader: WireReader, span: WireSpan): Dimension[] {
  const shape: Dimension[] = [];
  for (const field of reader.fields(span)) {
    if (field.number !== 1) continue;
    let size: Dimension = null;
    for (const part of reader.fields(reader.message(field))) {
      // Exporters write −1 and empty names where they mean that the size is open.
      if (part.number === 1) size = reader.number(part) < 0 ? null : reader.number(part);
      else if (part.number === 2) size = reader.text(part) || null;
    }
    shape.push(size);
  }
  return shape;
}

function readElementType(reader: WireReader, span: WireSpan, depth: number): ValueType {
  for (const field of reader.fields(span)) {
    if (field.number === 1) return readType(reader, reader.message(field), depth + 1);
  }
  return { kind: 'unknown' };
}

function readMapType(reader: WireReader, span: WireSpan, depth: number): ValueType {
  let key: ElementType = 'unknown';
  let of: ValueType = { kind: 'unknown' };
  for (const field of reader.fields(span)) {
    if (field.number === 1) key = elementOf(reader.number(field));
    else if (field.number === 2) of = readType(reader, reader.message(field), depth + 1);
  }
  return { kind: 'map', key, of };
}

function readOpaqueName(reader: WireReader, span: WireSpan): string {
  const parts = [...reader.fields(span)].filter(({ number }) => number === 1 || number === 2);
  return parts.map((field) => reader.text(field)).join('.');
}
