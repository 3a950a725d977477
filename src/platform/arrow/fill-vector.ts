// Values of Arrow's, written into vectors of DuckDB's. Numbers are copied as they lie; only texts are taken one by one.
import { type Data, DataType, type Decimal, type Vector } from 'apache-arrow';
import type { DuckVector } from '../duckdb/duck-vector';
import { ArrowFault, damaged } from './arrow-fault';
import { isBinary, isDuckDecimal, isText } from './arrow-types';
import { aligned, bytesOf, bytesPerValue, fixedBytes, type Range } from './fixed-values';
import { bytesReader, dictionaryWords } from './text-values';
import { isThere, type Presence, presenceOf } from './vector-bits';

/** Fills an empty vector from its beginning. `above` says which values are within something that is there. Throws ArrowFault. */
export function fillVector(vector: DuckVector, data: Data, range: Range, above: Presence = undefined): void {
  const { type } = data;
  if (range.from + range.count > data.length) throw damaged();
  if (DataType.isNull(type)) {
    vector.setPresence(new Uint8Array((range.count + 7) >> 3));
    return;
  }
  const presence = presenceOf(data, range, above);
  if (!DataType.isDictionary(type) && presence !== undefined) vector.setPresence(presence);
  if (DataType.isDictionary(type)) fillWords(vector, data, range, presence);
  else if (isText(type) || isBinary(type)) {
    const at = bytesReader(data);
    assignEach(vector, range.count, (index) => (isThere(presence, index) ? at(range.from + index) : undefined));
  } else if (DataType.isDecimal(type) && !isDuckDecimal(type)) fillDigits(vector, data, range, presence);
  else if (DataType.isStruct(type)) {
    for (const [index, child] of data.children.entries()) fillVector(vector.part(index), child, range, presence);
  } else if (data.children.length > 0) fillLists(vector, data, range, presence);
  else vector.copy(fixedBytes(data, range) ?? new Uint8Array());
}

function assignEach(vector: DuckVector, count: number, bytesAt: (index: number) => Uint8Array | undefined): void {
  for (let index = 0; index < count; index += 1) {
    const bytes = bytesAt(index);
    if (bytes !== undefined) vector.assign(index, bytes);
  }
}

/** Numbers that stand for values of a list. */
function fillWords(vector: DuckVector, data: Data, range: Range, presence: Presence): void {
  const dictionary = data.dictionary as Vector;
  const places = placesOf(data, range, presence, dictionary.length);
  const known = new Uint8Array((range.count + 7) >> 3);
  const mark = (index: number): void => {
    known[index >> 3] = (known[index >> 3] as number) | (1 << (index & 7));
  };
  if (isText(dictionary.type) || isBinary(dictionary.type)) {
    const words = dictionaryWords(dictionary);
    for (const [index, place] of places.entries()) if (place >= 0 && words[place] !== undefined) mark(index);
    vector.setPresence(known);
    assignEach(vector, range.count, (index) => words[places[index] as number]);
    return;
  }
  const gathered = gatheredBytes(dictionary, places, mark);
  vector.setPresence(known);
  vector.copy(gathered);
}

/** Where in the list each value stands; -1 for one that is missing. */
function placesOf(data: Data, { from, count }: Range, presence: Presence, length: number): Int32Array {
  const numbers = data.values as ArrayLike<number | bigint>;
  if (numbers.length < from + count && presence === undefined) throw damaged();
  return Int32Array.from({ length: count }, (_, index) => {
    if (!isThere(presence, index)) return -1;
    const place = Number(numbers[from + index]);
    if (place >= 0 && place < length) return place;
    throw damaged();
  });
}

function gatheredBytes(dictionary: Vector, places: Int32Array, mark: (index: number) => void): Uint8Array {
  const values = dictionary.data.flatMap((data) => {
    const bytes = fixedBytes(data, { from: 0, count: data.length });
    if (bytes === undefined) throw new ArrowFault(`it holds ${dictionary.type} by number, which cannot be read`);
    const width = bytes.length / Math.max(1, data.length);
    return Array.from({ length: data.length }, (_, index) =>
      data.getValid(index) ? bytes.subarray(index * width, (index + 1) * width) : undefined,
    );
  });
  const width = values.find((value) => value !== undefined)?.length ?? 0;
  const gathered = new Uint8Array(places.length * width);
  for (const [index, place] of places.entries()) {
    const value = values[place];
    if (value === undefined) continue;
    mark(index);
    gathered.set(value, index * width);
  }
  return gathered;
}

/** Lists, of a fixed length too, and maps: DuckDB has a place and a length for each. */
function fillLists(vector: DuckVector, data: Data, { from, count }: Range, presence: Presence): void {
  const child = data.children[0] as Data;
  const size = DataType.isFixedSizeList(data.type) ? data.type.listSize : undefined;
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  const placeOf = (index: number): number => (size === undefined ? Number(offsets[index] ?? 0) : index * size);
  const first = placeOf(from);
  const entries = new BigUint64Array(count * 2);
  for (let index = 0; index < count; index += 1) {
    const [start, end] = [placeOf(from + index), placeOf(from + index + 1)];
    if (start < first || end < start || end > child.length) throw damaged();
    entries[index * 2] = BigInt(start - first);
    entries[index * 2 + 1] = isThere(presence, index) ? BigInt(end - start) : 0n;
  }
  const held = placeOf(from + count) - first;
  const items = vector.items(held);
  vector.copy(new Uint8Array(entries.buffer));
  if (held > 0) fillVector(items, child, { from: first, count: held });
}

/** Decimals longer than DuckDB's, written out. */
function fillDigits(vector: DuckVector, data: Data, range: Range, presence: Presence): void {
  const { scale } = data.type as Decimal;
  const width = bytesPerValue(data.type);
  const words = aligned(bytesOf(data, range, width), BigUint64Array);
  const encoder = new TextEncoder();
  const perValue = width / 8;
  assignEach(vector, range.count, (index) => {
    if (!isThere(presence, index)) return undefined;
    let value = 0n;
    for (let word = perValue - 1; word >= 0; word -= 1)
      value = (value << 64n) | (words[index * perValue + word] as bigint);
    return encoder.encode(digits(BigInt.asIntN(width * 8, value), scale));
  });
}

function digits(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const text = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
