// Values of a fixed number of bytes, as DuckDB has them in its vectors.
import { type Data, DataType, type Interval, IntervalUnit, Precision, type Time, type Timestamp } from 'apache-arrow';
import { damaged } from './arrow-fault';
import { isDays, toMicroseconds } from './arrow-types';
import { bitsFrom } from './vector-bits';

/** Which values of a column. */
export interface Range {
  from: number;
  count: number;
}

/** Their bytes in DuckDB; undefined for types of other kinds. Throws ArrowFault where there are too few. */
export function fixedBytes(data: Data, range: Range): Uint8Array | undefined {
  const { type } = data;
  if (DataType.isInt(type) || DataType.isDuration(type)) return bytesOf(data, range, bytesPerValue(type));
  if (DataType.isFloat(type)) {
    const bytes = bytesOf(data, range, bytesPerValue(type));
    return type.precision === Precision.HALF
      ? asBytes(Float32Array.from(aligned(bytes, Uint16Array), halfToNumber))
      : bytes;
  }
  if (DataType.isBool(type)) return bools(bitsFrom(bytesOfAll(data), range.from, range.count), range.count);
  if (DataType.isDecimal(type)) return narrowed(data, range, decimalBytes(type.precision));
  if (DataType.isDate(type)) return dateBytes(data, range);
  if (DataType.isTime(type) || DataType.isTimestamp(type)) return timeBytes(data, range);
  if (DataType.isInterval(type)) return intervalBytes(data, range);
  return undefined;
}

/** How many bytes a value has in Arrow; undefined where that differs from value to value. */
export function bytesPerValue(type: DataType): number {
  if (DataType.isInt(type) || DataType.isTime(type) || DataType.isDecimal(type)) return type.bitWidth / 8;
  if (DataType.isFloat(type)) return 2 << type.precision;
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth;
  if (DataType.isInterval(type))
    return { [IntervalUnit.YEAR_MONTH]: 4, [IntervalUnit.DAY_TIME]: 8, [IntervalUnit.MONTH_DAY_NANO]: 16 }[type.unit];
  return isDays(type) ? 4 : 8;
}

/** The bytes of the values as they lie in Arrow. Throws ArrowFault where there are too few. */
export function bytesOf(data: Data, { from, count }: Range, width: number): Uint8Array {
  const bytes = bytesOfAll(data);
  if (bytes.length < (from + count) * width) {
    // Some writers leave the bytes of columns out that hold nothing.
    if (data.nullCount === data.length) return new Uint8Array(count * width);
    throw damaged();
  }
  return bytes.subarray(from * width, (from + count) * width);
}

function bytesOfAll(data: Data): Uint8Array {
  const values = data.values as ArrayBufferView | undefined;
  return values === undefined ? new Uint8Array() : asBytes(values);
}

function asBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A copy, because bytes may begin anywhere. */
export function aligned<T>(bytes: Uint8Array, array: new (buffer: ArrayBuffer) => T): T {
  return new array(new Uint8Array(bytes).buffer);
}

function bools(bits: Uint8Array, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => ((bits[index >> 3] as number) >> (index & 7)) & 1);
}

/** IEEE 754 binary16. */
function halfToNumber(half: number): number {
  const [sign, exponent, fraction] = [half & 0x8000 ? -1 : 1, (half >> 10) & 0x1f, half & 0x3ff];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** In which DuckDB keeps so many digits. */
function decimalBytes(digits: number): number {
  return digits <= 4 ? 2 : digits <= 9 ? 4 : digits <= 18 ? 8 : 16;
}

/** The low bytes of each: what is above only repeats the sign. */
function narrowed(data: Data, range: Range, width: number): Uint8Array {
  const own = bytesPerValue(data.type);
  const bytes = bytesOf(data, range, own);
  if (own === width) return bytes;
  const narrow = new Uint8Array(range.count * width);
  for (let index = 0; index < range.count; index += 1)
    narrow.set(bytes.subarray(index * own, index * own + width), index * width);
  return narrow;
}

const dayMilliseconds = 86_400_000n;

function dateBytes(data: Data, range: Range): Uint8Array {
  const bytes = bytesOf(data, range, bytesPerValue(data.type));
  if (isDays(data.type)) return bytes;
  const days = Int32Array.from(aligned(bytes, BigInt64Array), (value) => Number(floored(value, dayMilliseconds)));
  return asBytes(days);
}

/** In the unit of the column, but where DuckDB has it in microseconds only. */
function timeBytes(data: Data, range: Range): Uint8Array {
  const { type } = data;
  const width = bytesPerValue(type);
  const bytes = bytesOf(data, range, width);
  if (DataType.isTimestamp(type) && !type.timezone) return bytes;
  const { times, per } = toMicroseconds[(type as Time | Timestamp).unit];
  if (times === per) return bytes;
  const values = width === 4 ? BigInt64Array.from(aligned(bytes, Int32Array), BigInt) : aligned(bytes, BigInt64Array);
  return asBytes(values.map((value) => floored(value * times, per)));
}

function floored(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value < 0n && whole * by !== value ? whole - 1n : whole;
}

/** Months, days and microseconds. */
function intervalBytes(data: Data, range: Range): Uint8Array {
  const { unit } = data.type as Interval;
  const width = bytesPerValue(data.type);
  const own = new DataView(new Uint8Array(bytesOf(data, range, width)).buffer);
  const view = new DataView(new ArrayBuffer(range.count * 16));
  for (let index = 0; index < range.count; index += 1) {
    const [from, to] = [index * width, index * 16];
    if (unit === IntervalUnit.YEAR_MONTH) view.setInt32(to, own.getInt32(from, true), true);
    else if (unit === IntervalUnit.DAY_TIME) {
      view.setInt32(to + 4, own.getInt32(from, true), true);
      view.setBigInt64(to + 8, BigInt(own.getInt32(from + 4, true)) * 1000n, true);
    } else {
      view.setBigInt64(to, own.getBigInt64(from, true), true);
      view.setBigInt64(to + 8, floored(own.getBigInt64(from + 8, true), 1000n), true);
    }
  }
  return asBytes(view);
}
