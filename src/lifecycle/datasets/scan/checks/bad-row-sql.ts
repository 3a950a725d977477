// When a row breaks a test of rows, as SQL.
import { SlipwayError } from '../../../../base/errors';
import { identifier, literal } from '../../../../platform/duckdb/duck-text';
import type { Interval, LogicalType, OtherTable, RowTest } from '../../../../protocol/datasets/contract/contract';
import { otherKey } from '../../../../protocol/datasets/contract/contract-table';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import {
  boundFor,
  type CheckedTable,
  kindWords,
  literalsFor,
  numberOf,
  type OtherView,
  valueSql,
} from './checked-table';

/** Conditions over the columns: when a row is bad, and which rows count at all. Neither is ever null. */
export interface BadRowSql {
  bad: string;
  counted: string;
  /** The value that is to blame, for examples. */
  value: string | undefined;
  /** What must be computed for each row before, by name. */
  derived: Record<string, string>;
}

/** The tests whose bad rows are told by a condition; the others need more than one look. */
export type ConditionTest = Exclude<RowTest, { kind: 'duplicates' | 'outliers' }>;

/** Throws SlipwayError `invalid` where the test does not go with the column. */
export function badRowSql(test: ConditionTest, columns: readonly TableColumn[], table: CheckedTable): BadRowSql {
  if (test.kind === 'foreign key') return foreignKey(test, columns, table);
  if (test.kind === 'overlap') return overlap(test, columns, table);
  if (test.kind === 'pair' || test.kind === 'row sum') return severalColumns(test, columns);
  if (test.kind === 'condition') {
    return simple(`NOT (${test.sql}\n)`, `(${test.sql}\n) IS NOT NULL`, undefined);
  }
  const [column] = columns;
  if (column === undefined) throw new SlipwayError('invalid', 'The check names no column.');
  return test.kind === 'order' ? order(test, column) : oneColumn(test, column, table);
}

type OneColumnTest = Exclude<
  ConditionTest,
  { kind: 'foreign key' | 'overlap' | 'pair' | 'row sum' | 'condition' | 'order' }
>;

function oneColumn(test: OneColumnTest, column: TableColumn, table: CheckedTable): BadRowSql {
  const value = valueSql(column);
  const ofValues = (bad: string): BadRowSql => simple(bad, `${value} IS NOT NULL`, value);
  switch (test.kind) {
    case 'nulls':
      return simple(`${value} IS NULL`, 'true', undefined);
    case 'missing': {
      const list = literalsFor(column, test.values).join(', ');
      return simple(`${value} IS NULL${list === '' ? '' : ` OR ${value} IN (${list})`}`, 'true', value);
    }
    case 'empty':
      return simple(`${value} IS NOT NULL`, 'true', value);
    case 'in set': {
      const list = literalsFor(column, test.values).join(', ');
      return ofValues(list === '' ? 'true' : `${value} NOT IN (${list})`);
    }
    case 'not in set': {
      const list = literalsFor(column, test.values).join(', ');
      return ofValues(list === '' ? 'false' : `${value} IN (${list})`);
    }
    case 'range':
      return ofValues(outside(value, test.range, (bound) => boundFor(column, bound), column));
    case 'multiple':
      return ofValues(`abs(${numberOf(column)} / ${test.of} - round(${numberOf(column)} / ${test.of})) > 1e-9`);
    case 'pattern':
      return ofValues(`${test.matches ? 'NOT ' : ''}regexp_matches(${textOf(column)}, ${literal(test.pattern)})`);
    case 'length':
      return ofValues(outside(`length(${textOf(column)})`, test.range, String));
    case 'type':
      return ofValues(wrongType(test.type, column, table));
    case 'format':
      return ofValues(wrongFormat(test.format, column));
  }
}

function simple(bad: string, counted: string, value: string | undefined): BadRowSql {
  return { bad: `coalesce(${bad}, false)`, counted: `(${counted})`, value, derived: {} };
}

function textOf(column: TableColumn): string {
  return column.kind === 'text' ? identifier(column.name) : `${valueSql(column)}::VARCHAR`;
}

/** Numbers that are kept as text compare as numbers; what is none lies outside. */
export function isTextOfNumbers({ min, max }: Interval, { kind }: TableColumn): boolean {
  return kind === 'text' && (typeof min === 'number' || typeof max === 'number');
}

function outside(
  value: string,
  range: Interval,
  bound: (bound: number | string) => string,
  column?: TableColumn,
): string {
  const { min, max, strictMin, strictMax } = range;
  const isText = column !== undefined && isTextOfNumbers(range, column);
  const compared = isText ? `try_cast(${value} AS DOUBLE)` : value;
  const made = (end: number | string): string => (isText ? String(end) : bound(end));
  const parts = [
    ...(isText ? [`${compared} IS NULL`] : []),
    ...(min === null ? [] : [`${compared} ${strictMin ? '<=' : '<'} ${made(min)}`]),
    ...(max === null ? [] : [`${compared} ${strictMax ? '>=' : '>'} ${made(max)}`]),
  ];
  return `(${parts.join(' OR ')})`;
}

const duckTypes: Readonly<Partial<Record<LogicalType, string>>> = {
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  time: 'TIME',
  number: 'DOUBLE',
  integer: 'HUGEINT',
  boolean: 'BOOLEAN',
};

/** Which kinds of columns are of a logical type as they are. */
export const kindsOf: Readonly<Record<LogicalType, readonly TableColumn['kind'][]>> = {
  string: ['text'],
  date: ['date'],
  timestamp: ['timestamp'],
  time: ['time'],
  number: ['integer', 'number'],
  integer: ['integer'],
  object: ['nested'],
  array: ['nested'],
  boolean: ['boolean'],
};

function wrongType(type: LogicalType, column: TableColumn, table: CheckedTable): string {
  if (kindsOf[type].includes(column.kind)) return 'false';
  // pandas makes whole numbers with nulls among them into others.
  if (type === 'integer' && column.kind === 'number') return `${valueSql(column)} <> trunc(${valueSql(column)})`;
  const asType = duckTypes[type];
  // What a CSV says to be a number may be meant as text, such as a postcode; in a typed file a number is one.
  if (type === 'string') return table.isTyped ? 'true' : 'false';
  if (asType === undefined || table.isTyped || column.kind !== 'text') {
    const isDateTime = type === 'timestamp' && column.kind === 'date';
    return isDateTime && !table.isTyped ? 'false' : 'true';
  }
  return `try_cast(${identifier(column.name)} AS ${asType}) IS NULL`;
}

function wrongFormat(format: Extract<RowTest, { kind: 'format' }>['format'], column: TableColumn): string {
  if (format === 'json') return column.kind === 'nested' ? 'false' : `NOT json_valid(${textOf(column)})`;
  const isTime = column.kind === 'date' || column.kind === 'timestamp' || column.kind === 'time';
  if (isTime) return 'false';
  if (format === 'datetime') return `try_cast(${textOf(column)} AS TIMESTAMP) IS NULL`;
  return `try_strptime(${textOf(column)}, ${literal(format.strptime)}) IS NULL`;
}

function severalColumns(
  test: Extract<RowTest, { kind: 'pair' | 'row sum' }>,
  columns: readonly TableColumn[],
): BadRowSql {
  const counted = columns.map((column) => `${valueSql(column)} IS NOT NULL`).join(' AND ');
  if (test.kind === 'row sum') {
    // Two numbers of 8 bits have a sum of 8 bits, which breaks off where it does not fit.
    const wide = columns.map((each) => (/INT/.test(each.type) ? `${numberOf(each)}::HUGEINT` : numberOf(each)));
    const sum = wide.join(' + ');
    return simple(outside(`(${sum})`, test.range, String), counted, `(${sum})`);
  }
  const [left, right] = columns as [TableColumn, TableColumn];
  const isNumber = (column: TableColumn): boolean => column.kind === 'integer' || column.kind === 'number';
  if (left.kind !== right.kind && !(isNumber(left) && isNumber(right)) && !(isTimeLike(left) && isTimeLike(right))) {
    const words = `${left.name} holds ${kindWords[left.kind]}, ${right.name} ${kindWords[right.kind]}`;
    throw new SlipwayError('invalid', `${words}: they do not compare.`);
  }
  return simple(`NOT (${valueSql(left)} ${test.operator} ${valueSql(right)})`, counted, undefined);
}

function isTimeLike({ kind }: TableColumn): boolean {
  return kind === 'date' || kind === 'timestamp';
}

function order(test: Extract<RowTest, { kind: 'order' }>, column: TableColumn): BadRowSql {
  const before = identifier(`slipway before ${column.name}`);
  const sign = `${test.direction === 'increasing' ? '<' : '>'}${test.strictly ? '=' : ''}`;
  const value = valueSql(column);
  return {
    ...simple(`${value} ${sign} ${before}`, `${value} IS NOT NULL AND ${before} IS NOT NULL`, value),
    derived: { [before]: `lag(${value} IGNORE NULLS) OVER ()` },
  };
}

/** Throws SlipwayError `unavailable` with the reason for one that could not be opened. */
function otherTable(wanted: OtherTable, { others }: CheckedTable): Exclude<OtherView, { why: string }> {
  const other = others.get(otherKey(wanted));
  if (other === undefined || 'why' in other)
    throw new SlipwayError('unavailable', other?.why ?? 'The table is missing.');
  return other;
}

function columnOf({ columns }: Exclude<OtherView, { why: string }>, name: string): TableColumn {
  const found = columns.get(name);
  if (found === undefined) throw new SlipwayError('invalid', `The other table has no column ${name}.`);
  return found;
}

function foreignKey(
  test: Extract<RowTest, { kind: 'foreign key' }>,
  columns: readonly TableColumn[],
  table: CheckedTable,
): BadRowSql {
  const other = otherTable(test.table, table);
  const keys = columns.map(({ name }, at) => columnOf(other, test.keys[at] ?? name));
  return membership(columns, keys, other.view, (found) => `NOT ${found}`);
}

function overlap(
  test: Extract<RowTest, { kind: 'overlap' }>,
  columns: readonly TableColumn[],
  table: CheckedTable,
): BadRowSql {
  const other = otherTable(test.table, table);
  const compared =
    columns.length > 0 ? columns : [...table.columns.values()].filter(({ name }) => other.columns.has(name));
  if (compared.length === 0) throw new SlipwayError('invalid', 'The two tables have no column in common.');
  const keys = compared.map(({ name }) => columnOf(other, name));
  return membership(compared, keys, other.view, (found) => found, compared.length > 1);
}

function membership(
  columns: readonly TableColumn[],
  keys: readonly TableColumn[],
  view: string,
  bad: (found: string) => string,
  isWhole = false,
): BadRowSql {
  const found = identifier(`slipway found ${view} ${columns.map(({ name }) => name).join(' ')}`);
  // Keys that are numbers on one side and texts on the other compare as texts.
  const asText = columns.map((column, at) => column.kind !== keys[at]?.kind);
  const side = (all: readonly TableColumn[]): string[] =>
    all.map((column, at) => (asText[at] ? `${valueSql(column)}::VARCHAR` : valueSql(column)));
  // Rows as wholes are the same with the same nulls; a key with a null is none.
  const isNotNull = (all: readonly TableColumn[]): string =>
    isWhole ? 'true' : all.map((each) => `${valueSql(each)} IS NOT NULL`).join(' AND ');
  const tuple = (parts: readonly string[]): string =>
    parts.length === 1 ? (parts[0] as string) : `(${parts.join(', ')})`;
  const [only] = columns;
  return {
    ...simple(bad(found), isNotNull(columns), columns.length === 1 && only !== undefined ? valueSql(only) : undefined),
    derived: {
      [found]: `${tuple(side(columns))} IN (SELECT ${tuple(side(keys))} FROM ${identifier(view)} WHERE ${isNotNull(keys)})`,
    },
  };
}
