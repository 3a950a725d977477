// A block of points as bytes: 8 to 12 for each point of a usual series, and read a hundred times as fast as rows.
// docs/database.md tells the form to those who read the file by other means. The least byte of a number comes first, as on
// every processor that VS Code runs on.
import { crc32 } from 'node:zlib';
import { SlipwayError } from '../../../../base/errors';
import { PointBlock } from './point-block';

const form = 1;
/** How a column of whole numbers is written: as first and difference, as first and distances from it, or one by one. */
const evenly = 0;
const nearly = 1;
const plainly = 2;
const header = 12;
const farthest = 2 ** 31 - 1;

/** The block as bytes. */
export function packPoints(block: PointBlock): Buffer {
  const steps = packColumn(block.steps);
  const times = packColumn(block.times);
  const head = Buffer.alloc(header);
  head.writeUInt8(form, 0);
  head.writeUInt8(steps.kind, 1);
  head.writeUInt8(times.kind, 2);
  head.writeUInt32LE(block.length, 4);
  const body = Buffer.concat([bytesOf(block.values), steps.bytes, times.bytes]);
  head.writeUInt32LE(checksum(head, body), 8);
  return Buffer.concat([head, body]);
}

/** True for bytes that `unpackPoints` understands, and that are as they were written. */
export function isPack(bytes: unknown): boolean {
  if (!Buffer.isBuffer(bytes) || bytes.length < header || bytes[0] !== form) return false;
  const length = bytes.readUInt32LE(4);
  const [stepKind = -1, timeKind = -1] = bytes.subarray(1, 3);
  const size = header + 8 * length + columnSize(stepKind, length) + columnSize(timeKind, length);
  return length > 0 && size === bytes.length && bytes.readUInt32LE(8) === checksum(bytes, bytes.subarray(header));
}

/** The block that was packed. Throws SlipwayError `damaged` when these bytes are none. */
export function unpackPoints(bytes: Buffer): PointBlock {
  if (!isPack(bytes)) {
    throw new SlipwayError('damaged', 'Some points of a metric are damaged. Run `slipway doctor --repair`.');
  }
  const length = bytes.readUInt32LE(4);
  const [stepKind = -1, timeKind = -1] = bytes.subarray(1, 3);
  const stepsAt = header + 8 * length;
  const timesAt = stepsAt + columnSize(stepKind, length);
  const values = new Float64Array(length);
  fill(values, bytes.subarray(header, stepsAt));
  const steps = unpackColumn(stepKind, bytes.subarray(stepsAt, timesAt), length);
  const times = unpackColumn(timeKind, bytes.subarray(timesAt), length);
  return new PointBlock(steps, times instanceof Float64Array ? times : Float64Array.from(times, Number), values);
}

/** Of everything but itself. */
function checksum(head: Buffer, body: Buffer): number {
  return crc32(body, crc32(head.subarray(0, 8)));
}

type Column = Float64Array | BigInt64Array;

function packColumn(column: Column): { kind: number; bytes: Buffer } {
  if (column instanceof BigInt64Array) return { kind: plainly, bytes: bytesOf(column) };
  const [first = 0, second = first] = column;
  const difference = second - first;
  const isEven = Number.isSafeInteger(difference) && column.every((each, at) => each === first + at * difference);
  if (isEven) return { kind: evenly, bytes: integers([first, difference]) };
  const distances = Int32Array.from(column, (each) => each - first);
  if (column.every((each) => Math.abs(each - first) <= farthest)) {
    return { kind: nearly, bytes: Buffer.concat([integers([first]), bytesOf(distances)]) };
  }
  return { kind: plainly, bytes: integers([...column]) };
}

function columnSize(kind: number, length: number): number {
  const sizes: Readonly<Record<number, number>> = { [evenly]: 16, [nearly]: 8 + 4 * length, [plainly]: 8 * length };
  return sizes[kind] ?? Number.NaN;
}

function unpackColumn(kind: number, bytes: Buffer, length: number): Column {
  if (kind === plainly) return unpackPlain(bytes, length);
  const column = new Float64Array(length);
  const first = Number(bytes.readBigInt64LE(0));
  if (kind === evenly) {
    const difference = Number(bytes.readBigInt64LE(8));
    for (let at = 0; at < length; at++) column[at] = first + at * difference;
    return column;
  }
  const distances = new Int32Array(length);
  fill(distances, bytes.subarray(8));
  for (let at = 0; at < length; at++) column[at] = first + (distances[at] ?? 0);
  return column;
}

/** As numbers wherever all of them are exact. */
function unpackPlain(bytes: Buffer, length: number): Column {
  const plain = new BigInt64Array(length);
  fill(plain, bytes);
  const numbers = Float64Array.from(plain, Number);
  return numbers.every(Number.isSafeInteger) ? numbers : plain;
}

function integers(numbers: readonly number[]): Buffer {
  return bytesOf(BigInt64Array.from(numbers, BigInt));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

function fill(column: Column | Int32Array, bytes: Buffer): void {
  bytesOf(column).set(bytes);
}
