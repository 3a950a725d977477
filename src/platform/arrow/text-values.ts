// Texts and bytes of any length, however Arrow lays them out.
import { type Data, DataType, type Vector } from 'apache-arrow';
import { damaged } from './arrow-fault';

/** The bytes of one value by its place; they are no copy. */
export type BytesAt = (index: number) => Uint8Array;

/** Of a column of texts or bytes. Throws ArrowFault, and so does what it returns, where a value lies beyond the end. */
export function bytesReader(data: Data): BytesAt {
  const { type } = data;
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return viewReader(data);
  const bytes = data.values as Uint8Array;
  if (DataType.isFixedSizeBinary(type))
    return (index) => part(bytes, index * type.byteWidth, (index + 1) * type.byteWidth);
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  return (index) => part(bytes, Number(offsets[index]), Number(offsets[index + 1]));
}

function part(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (from >= 0 && from <= to && to <= bytes.length) return bytes.subarray(from, to);
  throw damaged();
}

/** Sixteen bytes each: the length, and the value itself where it is short, else where it lies. */
function viewReader(data: Data): BytesAt {
  const views = data.values as Uint8Array;
  const view = new DataView(views.buffer, views.byteOffset, views.byteLength);
  return (index) => {
    const at = index * 16;
    if (at + 16 > views.length) throw damaged();
    const length = view.getInt32(at, true);
    if (length <= 12) return part(views, at + 4, at + 4 + length);
    const buffer = data.variadicBuffers[view.getInt32(at + 8, true)];
    if (buffer === undefined) throw damaged();
    const from = view.getInt32(at + 12, true);
    return part(buffer, from, from + length);
  };
}

const wordsOf = new WeakMap<Vector, (Uint8Array | undefined)[]>();

/** The texts that the numbers of a column stand for; undefined stands for no text. Told once of each list of them. */
export function dictionaryWords(dictionary: Vector): readonly (Uint8Array | undefined)[] {
  const known = wordsOf.get(dictionary);
  if (known !== undefined) return known;
  const words = dictionary.data.flatMap((data) => {
    const at = bytesReader(data);
    return Array.from({ length: data.length }, (_, index) => (data.getValid(index) ? at(index) : undefined));
  });
  wordsOf.set(dictionary, words);
  return words;
}
