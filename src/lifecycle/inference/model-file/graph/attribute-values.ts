// Values of attributes and of small tensors, as far as somebody wants to see them.
import type { WireField, WireReader, WireSpan } from '../wire/wire-reader';
import { readAttributeHead } from './node-message';
import { readTensorHead, type TensorHead } from './tensor-message';

/** At most `most` texts of an attribute's list, in UTF-8. */
export function attributeTexts(reader: WireReader, span: WireSpan, most: number): string[] {
  const texts: string[] = [];
  for (const field of reader.fields(span)) {
    if (field.number !== 9) continue;
    if (texts.length >= most) break;
    texts.push(reader.text(field));
  }
  return texts;
}

/** At most `most` whole numbers of an attribute's list; beyond 2^53 as texts. */
export function attributeInts(reader: WireReader, span: WireSpan, most: number): (number | string)[] {
  const numbers: (number | string)[] = [];
  for (const field of reader.fields(span)) {
    if (field.number !== 8) continue;
    for (const value of reader.longs(field)) {
      if (numbers.length >= most) return numbers;
      numbers.push(told(value));
    }
  }
  return numbers;
}

/** The tensor that an attribute holds, or null. */
export function attributeTensor(reader: WireReader, span: WireSpan): TensorHead | null {
  const { first } = readAttributeHead(reader, span);
  return first?.number === 5 ? readTensorHead(reader, reader.message(first)) : null;
}

/** A number where a double holds it, else a text. */
export function told(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** At most `most` items of a tensor that lies in the file, of types that people read; empty for others. */
export function tensorItems(reader: WireReader, head: TensorHead, most: number): (number | string | boolean)[] {
  const items: (number | string | boolean)[] = [];
  for (const field of head.data) {
    for (const item of fieldItems(reader, head, field)) {
      if (items.length >= most) return items;
      items.push(item);
    }
  }
  return items;
}

function* fieldItems(
  reader: WireReader,
  { element }: TensorHead,
  field: WireField,
): Generator<number | string | boolean, void, void> {
  if (field.number === 6) yield reader.text(field);
  else if (field.number === 4) yield* reader.floats(field);
  else if (field.number === 5 || field.number === 7) {
    for (const value of reader.longs(field)) yield element === 'bool' ? value !== 0n : told(value);
  } else if (field.number === 9) yield* rawItems(reader, element, field);
}

const rawSizes: Partial<Record<TensorHead['element'], number>> = {
  float32: 4,
  float64: 8,
  int64: 8,
  int32: 4,
  uint8: 1,
  int8: 1,
  bool: 1,
};

/** `raw_data` is little-endian. */
function* rawItems(
  reader: WireReader,
  element: TensorHead['element'],
  { body, end }: WireField,
): Generator<number | string | boolean, void, void> {
  const size = rawSizes[element];
  if (size === undefined) return;
  for (let at = body; at + size <= end; at += size) {
    const bytes = reader.bytes(at, size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, size);
    if (element === 'float32') yield view.getFloat32(0, true);
    else if (element === 'float64') yield view.getFloat64(0, true);
    else if (element === 'int64') yield told(view.getBigInt64(0, true));
    else if (element === 'int32') yield view.getInt32(0, true);
    else if (element === 'bool') yield view.getUint8(0) !== 0;
    else yield element === 'int8' ? view.getInt8(0) : view.getUint8(0);
  }
}

/** The shortest text of a number that is the same float32. */
export function floatText(value: number): string {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
