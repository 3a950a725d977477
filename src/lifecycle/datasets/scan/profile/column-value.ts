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
  /** The number itself, or epoch milliseconds, for bins; null for what has neither. */
  double: string | null;
  isNan: string;
  isInfinite: string;
}

/** The expressions of one column. */
export function columnValue(column: TableColumn): ColumnValue {
  const { kind, type } = column;
  const name = identifier(column.name);
  const isFloat = /^(DOUBLE|FLOAT|REAL)/.test(type);
  const isDated = dated.has(kind);
  const plain = kind === 'nested' ? `CAST(${name} AS VARCHAR)` : name;
  const epoch = `CAST(epoch_ms(CAST(${name} AS TIMESTAMP)) AS DOUBLE)`;
  return {
    column,
    value: isFloat ? `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END` : plain,
    isNumber: numeric.has(kind),
    isTime: isDated || kind === 'time',
    isText: kind === 'text',
    double: numeric.has(kind) ? `CAST(${name} AS DOUBLE)` : isDated ? epoch : null,
    isNan: isFloat ? `isnan(${name})` : 'false',
    isInfinite: isFloat || isDated ? `isinf(${name})` : 'false',
  };
}

/** Whether the value is a number or a moment that can be placed on an axis. */
export function isPlaced({ value, isInfinite }: ColumnValue): string {
  return `(${value}) IS NOT NULL AND NOT ${isInfinite}`;
}
