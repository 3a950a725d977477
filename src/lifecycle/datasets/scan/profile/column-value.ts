// How the values of a column stand in SQL, by what they are.
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { ColumnKind, TableColumn } from '../../../../protocol/datasets/table-shape';

const numeric: ReadonlySet<ColumnKind> = new Set(['integer', 'number']);
const dated: ReadonlySet<ColumnKind> = new Set(['date', 'timestamp']);

/** `value` is what is compared and counted: of lists and structs their text. NaN is no value. */
export interface ColumnValue {
  column: TableColumn;
  value: string;
  isNumber: boolean;
  /** A date, a timestamp or a time of day: `value` has an order and no arithmetic. */
  isTime: boolean;
  isText: boolean;
  /** The value where it is finite, else null. */
  finite: string;
  /** The same as a double, of dates and timestamps in epoch milliseconds; null for what has neither. */
  double: string | null;
  /** Null for what cannot be. */
  isNan: string | null;
  isInfinite: string | null;
}

/** The expressions of one column. Aggregates take them without FILTER, which costs the square of the columns. */
export function columnValue(column: TableColumn): ColumnValue {
  const { kind, type } = column;
  const name = identifier(column.name);
  const isFloat = /^(DOUBLE|FLOAT|REAL)$/.test(type);
  const isDated = dated.has(kind);
  const plain = kind === 'nested' ? `CAST(${name} AS VARCHAR)` : name;
  const finite = isFloat || isDated ? `CASE WHEN isfinite(${name}) THEN ${name} END` : name;
  const epoch = `CAST(epoch_ms(CAST(${finite} AS TIMESTAMP)) AS DOUBLE)`;
  return {
    column,
    value: isFloat ? `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END` : plain,
    isNumber: numeric.has(kind),
    isTime: isDated || kind === 'time',
    isText: kind === 'text',
    finite,
    double: numeric.has(kind) ? `CAST(${finite} AS DOUBLE)` : isDated ? epoch : null,
    isNan: isFloat ? `isnan(${name})` : null,
    isInfinite: isFloat || isDated ? `isinf(${name})` : null,
  };
}
