// The table that is checked, and what its checks are written with: columns as SQL, values as literals of a column's kind.
import { SlipwayError } from '../../../../base/errors';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier, literal } from '../../../../platform/duckdb/duck-text';
import type { OtherTable, Scalar } from '../../../../protocol/datasets/contract/contract';
import type { DriftColumn, DriftMethod } from '../../../../protocol/datasets/drift';
import type { ColumnKind, TableColumn } from '../../../../protocol/datasets/table-shape';
import { tableColumns } from '../shape';

/** What a check may look at. */
export interface CheckedTable {
  columns: ReadonlyMap<string, TableColumn>;
  /** The types are the file's own, and not guessed from texts. */
  isTyped: boolean;
  /** The table's name in the contract, which queries may use. */
  name: string;
  /** Other tables by `otherKey`: the view that holds one, or why there is none. */
  others: ReadonlyMap<string, OtherView>;
  /** Seconds since 1970: against what freshness is told. */
  now: number;
  /** How far a column moved from another table. */
  drift: (question: DriftQuestion) => Promise<DriftColumn>;
}

/** `threshold` is how far it may. */
export interface DriftQuestion {
  column: string;
  method: DriftMethod;
  reference: OtherTable;
  threshold: number;
}

export type OtherView = { view: string; columns: ReadonlyMap<string, TableColumn> } | { why: string };

/** The columns of a view by name. */
export async function columnsOf(duck: DuckDatabase, view: string): Promise<Map<string, TableColumn>> {
  return new Map((await tableColumns({ duck }, identifier(view))).map((column) => [column.name, column]));
}

/** The column as SQL. NaN is a null, as it is for pandas. */
export function valueSql({ name, type }: TableColumn): string {
  return /^(DOUBLE|FLOAT|REAL)$/.test(type) ? `nullif(${identifier(name)}, 'nan'::DOUBLE)` : identifier(name);
}

const numeric = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** The value as a literal that compares with a column of this kind; undefined for one that it never can equal. */
export function literalFor({ kind, type }: TableColumn, value: Exclude<Scalar, null>): string | undefined {
  if (kind === 'integer' || kind === 'number') return numberLiteral(value);
  if (kind === 'boolean') return /^(true|false)$/i.test(String(value)) ? String(value) : undefined;
  if (kind === 'text') return literal(String(value));
  if (kind === 'nested' || kind === 'binary') return undefined;
  return `try_cast(${literal(String(value))} AS ${type})`;
}

function numberLiteral(value: Exclude<Scalar, null>): string | undefined {
  if (typeof value === 'boolean') return undefined;
  const text = String(value).trim();
  if (numeric.test(text)) return text;
  return /^[+-]?(inf|infinity)$/i.test(text) ? `${literal(text)}::DOUBLE` : undefined;
}

/** Literals of a set, without nulls and what the column can never equal. */
export function literalsFor(column: TableColumn, values: readonly Scalar[]): string[] {
  return values.flatMap((value) => (value === null ? [] : (literalFor(column, value) ?? [])));
}

/** A bound as a literal. Throws SlipwayError `invalid` where the column has no order with it. */
export function boundFor(column: TableColumn, bound: number | string): string {
  const isTime = column.kind === 'date' || column.kind === 'timestamp' || column.kind === 'time';
  const made = literalFor(column, bound);
  if (made === undefined || column.kind === 'boolean' || (isTime && typeof bound === 'number')) {
    throw new SlipwayError(
      'invalid',
      `${bound} cannot be compared with ${column.name}, whose values are ${kindWords[column.kind]}.`,
    );
  }
  // A bound that is no time would compare with nothing and let everything pass.
  return isTime
    ? `CASE WHEN ${made} IS NULL THEN error(${literal(`${bound} is no ${column.kind}`)}) ELSE ${made} END`
    : made;
}

/** Kinds of columns for sentences. */
export const kindWords: Readonly<Record<ColumnKind, string>> = {
  integer: 'whole numbers',
  number: 'numbers',
  boolean: 'true and false',
  text: 'texts',
  date: 'dates',
  timestamp: 'times',
  time: 'times of day',
  binary: 'bytes',
  nested: 'lists or structures',
};

/**
 * The numbers of a column, for a mean. Texts are read as numbers, which fails for what is none and not for a column
 * without values. Throws SlipwayError `invalid` for a column of another kind.
 */
export function numberOf(column: TableColumn): string {
  if (column.kind === 'text') return `CAST(${identifier(column.name)} AS DOUBLE)`;
  if (column.kind === 'integer' || column.kind === 'number') return valueSql(column);
  if (column.kind === 'boolean') return `${identifier(column.name)}::INTEGER`;
  throw new SlipwayError('invalid', `${column.name} holds ${kindWords[column.kind]}, and not numbers.`);
}
