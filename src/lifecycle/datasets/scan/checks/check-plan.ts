// What one check asks of the table: expressions over all rows that go into a scan together with those of other checks.
import { withoutEnd } from '../../../../base/text-end';
import type { DuckJson } from '../../../../platform/duckdb/duck-database';
import type { Observed } from '../../../../protocol/datasets/contract/check';
import type { ContractCheck, LogicalType, RowTest } from '../../../../protocol/datasets/contract/contract';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { type BadRowSql, badRowSql, isTextOfNumbers } from './bad-row-sql';
import { type CheckedTable, kindWords, numberOf, valueSql } from './checked-table';
import { endOf, type Measure, textOf } from './measure';
import { userQuery } from './own-scan';
import { wholePlan } from './whole-plan';

/** The aggregates of one scan, and what is made of their values. */
export interface ScanPart {
  aggregates: string[];
  /** What is computed for each row before, by name. */
  derived: Record<string, string>;
  read: (values: readonly DuckJson[]) => Measure | ScanPart;
}

/** How many values of a bad column are told; a set with fewer new ones can be extended by them. */
const examples = 20;

/** Throws SlipwayError where the check does not go with its columns. */
export function planOf(check: ContractCheck, columns: readonly TableColumn[], table: CheckedTable): ScanPart {
  const { test } = check;
  switch (test.kind) {
    case 'duplicates':
      return duplicates(columns);
    case 'outliers':
      return outliers(test, columns);
    case 'rows':
    case 'distinct count':
    case 'distinct share':
    case 'mean':
    case 'median':
    case 'standard deviation':
    case 'sum':
    case 'quantile':
    case 'share of value':
    case 'age':
    case 'distinct set':
    case 'most common':
    case 'extreme':
      return wholePlan(test, columns, table);
    case 'query':
      return countPlan(userQuery(countedCondition(test.sql) ?? 'false', check, table));
    case 'failed rows':
    case 'rows against':
    case 'change':
    case 'drift':
    case 'column':
    case 'column set':
    case 'words':
      throw new RangeError(`${test.kind} is not part of a scan.`);
    default:
      return badRows(badRowSql(test, columns, table), test, columns);
  }
}

const countOfRows = /^\s*select\s+count\(\s*\*\s*\)\s+from\s+\$?\{(?:object|table)\}\s+where\s([\s\S]+)$/i;
const moreThanCondition =
  /\b(select|group|order|limit|offset|having|union|except|intersect|qualify|window|sample|over)\b|;|--/i;

/** The condition of a query that counts the rows that meet it and does nothing else; undefined for any other. */
export function countedCondition(sql: string): string | undefined {
  const condition = withoutEnd(countOfRows.exec(sql)?.[1] ?? '', /[\s;]/).trimStart();
  return condition === '' || moreThanCondition.test(condition) ? undefined : condition;
}

function countPlan(sql: string): ScanPart {
  return {
    aggregates: [`count(*) FILTER (WHERE ${sql}\n)`],
    derived: {},
    read: ([value]) => ({ kind: 'number', value: Number(value ?? 0), canShowRows: Number(value) > 0, note: null }),
  };
}

function badRows(sql: BadRowSql, test: RowTest, columns: readonly TableColumn[]): ScanPart {
  const { bad, counted, value, derived } = sql;
  const filter = `FILTER (WHERE ${counted} AND ${bad})`;
  const [column] = columns;
  const ends = test.kind === 'range' && column !== undefined ? endsSql(test, column) : [];
  return {
    aggregates: [
      `count(*) ${filter}`,
      `count(*) FILTER (WHERE ${counted})`,
      value === undefined ? 'NULL' : `approx_top_k(${value}, ${examples}) ${filter}`,
      ...ends,
    ],
    derived,
    read: ([count, all, values, min, max]) => {
      const found = Array.isArray(values) ? values.map(textOf) : [];
      return {
        kind: 'rows',
        bad: Number(count ?? 0),
        counted: Number(all ?? 0),
        examples: found.slice(0, 5),
        observed: observedOf(test, found, { min, max }),
        note: null,
        ...(column === undefined ? {} : badWords(test, column)),
      };
    },
  };
}

/** Of numbers that are kept as text the ends are those of the numbers: a dash among them is no end. */
function endsSql(test: Extract<RowTest, { kind: 'range' }>, column: TableColumn): string[] {
  const value = isTextOfNumbers(test.range, column) ? `try_cast(${valueSql(column)} AS DOUBLE)` : valueSql(column);
  return [`min(${value})`, `max(${value})`];
}

const typeWords: Readonly<Record<LogicalType, string>> = {
  string: 'texts',
  date: 'dates',
  timestamp: 'timestamps',
  time: 'times of day',
  number: 'numbers',
  integer: 'whole numbers',
  object: 'structures',
  array: 'lists',
  boolean: 'true or false',
};

/** Of texts and numbers some may be right; a column of another kind is that kind in every row. */
function badWords(test: RowTest, column: TableColumn): { badWords?: string } {
  if (test.kind === 'range' && isTextOfNumbers(test.range, column)) return { badWords: 'outside or no number' };
  if (test.kind !== 'type') return {};
  const { kind } = column;
  const isMixed = kind === 'text' || (kind === 'number' && test.type === 'integer');
  if (!isMixed) return { badWords: kind === 'timestamp' ? 'timestamps' : kindWords[kind] };
  return { badWords: test.type === 'boolean' ? 'neither true nor false' : `no ${typeWords[test.type]}` };
}

function observedOf(
  test: RowTest,
  values: string[],
  ends: { min?: DuckJson | undefined; max?: DuckJson | undefined },
): Observed | null {
  if (test.kind === 'range') return { min: endOf(ends.min, -1), max: endOf(ends.max, 1), values: [] };
  return test.kind === 'in set' && values.length < examples ? { min: null, max: null, values } : null;
}

function duplicates(columns: readonly TableColumn[]): ScanPart {
  const [only] = columns;
  if (only === undefined) throw new RangeError('Nothing to compare.');
  const isOne = columns.length === 1;
  const value = isOne ? valueSql(only) : `(${columns.map(valueSql).join(', ')})`;
  const all = isOne ? `count(${value})` : 'count(*)';
  return {
    aggregates: [`${all} - count(DISTINCT ${value})`, all],
    derived: {},
    read: ([bad, counted]) => ({
      kind: 'rows',
      bad: Number(bad ?? 0),
      counted: Number(counted ?? 0),
      examples: [],
      observed: null,
      note:
        Number(bad ?? 0) > 0
          ? 'Rows that repeat an earlier one are counted; all rows of a repeated value are shown.'
          : null,
    }),
  };
}

function outliers(test: Extract<RowTest, { kind: 'outliers' }>, columns: readonly TableColumn[]): ScanPart {
  const [column] = columns;
  if (column === undefined) throw new RangeError('No column.');
  const value = numberOf(column);
  const isIqr = test.method === 'iqr';
  return {
    aggregates: isIqr
      ? [`quantile_cont(${value}::DOUBLE, 0.25)`, `quantile_cont(${value}::DOUBLE, 0.75)`]
      : [`avg(${value})`, `stddev_samp(${value}) FILTER (WHERE isfinite(${value}::DOUBLE))`],
    derived: {},
    read: ([first, second]) => {
      const [low, high] = outlierFences(test, Number(first), Number(second));
      if (Number.isNaN(low) || Number.isNaN(high)) {
        return { kind: 'none', verdict: 'not checked', found: 'no values', note: `${column.name} has too few values.` };
      }
      const bad = `coalesce(${value} < ${low} OR ${value} > ${high}, false)`;
      return badRows({ bad, counted: `(${value} IS NOT NULL)`, value, derived: {} }, test, columns);
    },
  };
}

/** Beyond which a value is an outlier, from the quartiles or from mean and standard deviation. */
export function outlierFences(
  { method, factor }: { method: 'iqr' | 'sigma'; factor: number },
  first: number,
  second: number,
): [number, number] {
  const reach = factor * (method === 'iqr' ? second - first : second);
  return method === 'iqr' ? [first - reach, second + reach] : [first - reach, first + reach];
}
