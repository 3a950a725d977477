// What Arrow's types are in DuckDB.
import { DataType, DateUnit, type Field, Precision, TimeUnit } from 'apache-arrow';
import { identifier } from '../duckdb/duck-text';
import { ArrowFault } from './arrow-fault';

/** Most digits of a DECIMAL of DuckDB's. */
const mostDigits = 38;

/** The DuckDB type that holds every value of the column. Throws ArrowFault where there is none. */
export function duckTypeOf({ name, type }: Pick<Field, 'name' | 'type'>): string {
  if (DataType.isDictionary(type)) return duckTypeOf({ name, type: type.dictionary });
  if (DataType.isMap(type)) return mapType(name, type.children[0] as Field);
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type))
    return `${duckTypeOf(type.children[0] as Field)}[]`;
  if (DataType.isStruct(type)) return structType(name, type.children);
  return plainType(type) ?? unreadable(name, type);
}

function mapType(name: string, entry: Field): string {
  const [key, value] = (entry.type as DataType).children as [Field, Field];
  return `MAP(${duckTypeOf({ name, type: key.type })}, ${duckTypeOf({ name, type: value.type })})`;
}

function structType(name: string, fields: readonly Field[]): string {
  const names = new Set(fields.map((field) => field.name.toLowerCase()));
  if (fields.length === 0 || names.has('') || names.size !== fields.length) {
    throw new ArrowFault(`the fields within column ${name} have no names of their own. Write it as Parquet`);
  }
  return `STRUCT(${fields.map((field) => `${identifier(field.name)} ${duckTypeOf(field)}`).join(', ')})`;
}

function plainType(type: DataType): string | undefined {
  if (DataType.isNull(type)) return 'INTEGER';
  if (DataType.isBool(type)) return 'BOOLEAN';
  if (DataType.isInt(type)) {
    const size = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[type.bitWidth];
    return type.isSigned ? size : `U${size}`;
  }
  if (DataType.isFloat(type)) return type.precision === Precision.DOUBLE ? 'DOUBLE' : 'FLOAT';
  if (isText(type)) return 'VARCHAR';
  if (isBinary(type)) return 'BLOB';
  if (DataType.isDecimal(type)) return isDuckDecimal(type) ? `DECIMAL(${type.precision}, ${type.scale})` : 'VARCHAR';
  return temporalType(type);
}

function temporalType(type: DataType): string | undefined {
  if (DataType.isDate(type)) return 'DATE';
  if (DataType.isTime(type)) return 'TIME';
  // DuckDB keeps an interval of Parquet's in milliseconds, and a number of units is exact.
  if (DataType.isDuration(type)) return 'BIGINT';
  if (DataType.isInterval(type)) return 'INTERVAL';
  if (!DataType.isTimestamp(type)) return undefined;
  if (type.timezone) return 'TIMESTAMPTZ';
  return {
    [TimeUnit.SECOND]: 'TIMESTAMP_S',
    [TimeUnit.MILLISECOND]: 'TIMESTAMP_MS',
    [TimeUnit.MICROSECOND]: 'TIMESTAMP',
    [TimeUnit.NANOSECOND]: 'TIMESTAMP_NS',
  }[type.unit];
}

function unreadable(name: string, type: DataType): never {
  throw new ArrowFault(`column ${name} holds values of the kind ${type}, which cannot be read. Write it as Parquet`);
}

/** Texts, however they lie. */
export function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
}

/** Bytes, however they lie. */
export function isBinary(type: DataType): boolean {
  return (
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isBinaryView(type) ||
    DataType.isFixedSizeBinary(type)
  );
}

/** Whether DuckDB has decimals so long; others are texts, digit by digit. */
export function isDuckDecimal({ precision, scale }: { precision: number; scale: number }): boolean {
  return precision >= 1 && precision <= mostDigits && scale >= 0 && scale <= precision;
}

/** What is to be said of a column that is read as another kind than its own; undefined for nothing. */
export function noteOnType({ name, type }: Field): string | undefined {
  if (DataType.isDuration(type)) return `${name} holds durations and is read as their number of ${units[type.unit]}.`;
  if (DataType.isDecimal(type) && !isDuckDecimal(type)) {
    return `${name} holds decimals of more than ${mostDigits} digits and is read as text.`;
  }
  const isNano =
    (DataType.isTime(type) || (DataType.isTimestamp(type) && Boolean(type.timezone))) &&
    type.unit === TimeUnit.NANOSECOND;
  return isNano ? `${name} holds nanoseconds and is read in microseconds.` : undefined;
}

const units: Readonly<Record<TimeUnit, string>> = {
  [TimeUnit.SECOND]: 'seconds',
  [TimeUnit.MILLISECOND]: 'milliseconds',
  [TimeUnit.MICROSECOND]: 'microseconds',
  [TimeUnit.NANOSECOND]: 'nanoseconds',
};

/** What a number of this unit has to be multiplied or divided by for microseconds. */
export const toMicroseconds: Readonly<Record<TimeUnit, { times: bigint; per: bigint }>> = {
  [TimeUnit.SECOND]: { times: 1_000_000n, per: 1n },
  [TimeUnit.MILLISECOND]: { times: 1000n, per: 1n },
  [TimeUnit.MICROSECOND]: { times: 1n, per: 1n },
  [TimeUnit.NANOSECOND]: { times: 1n, per: 1000n },
};

/** Whether days are counted, and not milliseconds. */
export function isDays(type: DataType): boolean {
  return DataType.isDate(type) && type.unit === DateUnit.DAY;
}
