// Columns whose Arrow type says more of their values than DuckDB's does, as the schema tells that Arrow leaves in Parquet.
import { DataType, Precision, RecordBatchReader, type Schema } from 'apache-arrow';

/** A number of 16 bits, which DuckDB reads as one of 32, or a length of time, which it reads as a whole number. */
export type ArrowKind = 'half' | 'duration';

/** By the columns' names; columns of other kinds have no entry. */
export function kindsOfSchema({ fields }: Pick<Schema, 'fields'>): ReadonlyMap<string, ArrowKind> {
  const kinds = new Map<string, ArrowKind>();
  for (const { name, type } of fields) {
    if (DataType.isDuration(type)) kinds.set(name, 'duration');
    else if (DataType.isFloat(type) && type.precision === Precision.HALF) kinds.set(name, 'half');
  }
  return kinds;
}

/** Of what stands under `ARROW:schema` in a Parquet file; empty where it cannot be read. */
export function kindsOfKept(schema: string): ReadonlyMap<string, ArrowKind> {
  try {
    return kindsOfSchema(RecordBatchReader.from(Buffer.from(schema, 'base64')).open().schema);
  } catch {
    return new Map();
  }
}
