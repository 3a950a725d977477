// A tensor of the file without its values: TensorProto of onnx.proto, its data stepped over.
import type { ElementType } from '../../../../protocol/inference/value-type';
import type { WireField, WireReader, WireSpan } from '../wire/wire-reader';
import { elementOf } from './value-message';

/** Where values in another file lie. `length` is null where the file says none. */
export interface ExternalPlace {
  path: string;
  offset: number;
  length: number | null;
}

/** `data` are the fields that hold values, in the file's order; none for a tensor whose values lie beside. */
export interface TensorHead {
  name: string;
  element: ElementType;
  shape: number[];
  /** Of its values, wherever they lie. Texts count as they are written. */
  bytes: number;
  external: ExternalPlace | null;
  data: WireField[];
}

/** Bits of one element. */
const bits: Partial<Record<ElementType, number>> = {
  float64: 64,
  int64: 64,
  uint64: 64,
  complex64: 64,
  complex128: 128,
  float32: 32,
  int32: 32,
  uint32: 32,
  float16: 16,
  bfloat16: 16,
  int16: 16,
  uint16: 16,
  uint4: 4,
  int4: 4,
  float4e2m1: 4,
  uint2: 2,
  int2: 2,
};
const dataFields = new Set([4, 5, 6, 7, 9, 10, 11]);
/** Texts are fields of their own, by the million in large vocabularies. */
const mostDataFields = 1000;

/** TensorProto. */
export function readTensorHead(reader: WireReader, span: WireSpan): TensorHead {
  const head: TensorHead = { name: '', element: 'unknown', shape: [], bytes: 0, external: null, data: [] };
  let isExternal = false;
  let textBytes = 0;
  const place: ExternalPlace = { path: '', offset: 0, length: null };
  for (const field of reader.fields(span)) {
    if (field.number === 1) for (const size of reader.longs(field)) head.shape.push(Number(size));
    else if (field.number === 2) head.element = elementOf(reader.number(field));
    else if (field.number === 8) head.name = reader.text(field);
    else if (field.number === 13) readPlace(reader, reader.message(field), place);
    else if (field.number === 14) isExternal = reader.number(field) === 1;
    else if (dataFields.has(field.number)) {
      if (field.number === 6) textBytes += field.end - field.body;
      if (head.data.length < mostDataFields) head.data.push(field);
    }
  }
  head.external = isExternal ? place : null;
  head.bytes = head.element === 'string' ? textBytes : valueBytes(head.element, head.shape);
  return head;
}

/** SparseTensorProto: its values and their places. */
export function readSparseHead(reader: WireReader, span: WireSpan): TensorHead[] {
  const heads: TensorHead[] = [];
  for (const field of reader.fields(span)) {
    if (field.number === 1 || field.number === 2) heads.push(readTensorHead(reader, reader.message(field)));
  }
  return heads;
}

/** StringStringEntryProto of `external_data`. */
function readPlace(reader: WireReader, span: WireSpan, place: ExternalPlace): void {
  const { key, value } = readEntry(reader, span);
  if (key === 'location') place.path = value;
  else if (key === 'offset') place.offset = wholeNumber(value) ?? 0;
  else if (key === 'length') place.length = wholeNumber(value);
}

/** StringStringEntryProto. */
export function readEntry(reader: WireReader, span: WireSpan): { key: string; value: string } {
  const entry = { key: '', value: '' };
  for (const field of reader.fields(span)) {
    if (field.number === 1) entry.key = reader.text(field);
    else if (field.number === 2) entry.value = reader.text(field);
  }
  return entry;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,16}$/.test(text) ? Number(text) : null;
}

function valueBytes(element: ElementType, shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1);
  const bytes = Math.ceil((count * (bits[element] ?? 8)) / 8);
  return element === 'unknown' || !Number.isFinite(bytes) || bytes < 0 ? 0 : bytes;
}
