// Tests that look at a column or table as a whole.

import { SlipwayError } from '../../../../base/errors';
import type { DuckJson } from '../../../../platform/duckdb/duck-database';
import type { CheckTest, Scalar } from '../../../../protocol/datasets/contract/contract';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { ScanPart } from './check-plan';
import { boundFor, type CheckedTable, kindWords, literalFor, literalsFor, numberOf, valueSql } from './checked-table';
import { endOf, type Measure } from './measure';

type Of<K extends CheckTest['kind']> = Extract<CheckTest, { kind: K }>;

/** The tests of this file. */
export type WholeScanTest = Of<
  | 'rows'
  | 'distinct count'
  | 'distinct share'
  | 'mean'
  | 'median'
  | 'standard deviation'
  | 'sum'
  | 'quantile'
  | 'share of value'
  | 'age'
  | 'distinct set'
  | 'most common'
  | 'extreme'
>;

/** Throws SlipwayError `invalid` where the test does not go with the column. */
export function wholePlan(test: WholeScanTest, columns: readonly TableColumn[], table: CheckedTable): ScanPart {
  if (test.kind === 'rows') return number('count(*)');
  const [column] = columns;
  if (column === undefined) throw new SlipwayError('invalid', 'The check names no column.');
  switch (test.kind) {
    case 'distinct count':
      return number(`count(DISTINCT ${valueSql(column)})`);
    case 'distinct share':
      return number(`count(DISTINCT ${valueSql(column)}) / nullif(count(${valueSql(column)}), 0)`);
    case 'share of value':
      return shareOfValue(test.value, column);
    case 'age':
      return age(column, table);
    case 'distinct set':
      return distinctSet(test, column);
    case 'most common':
      return mostCommon(test.values, column);
    case 'extreme':
      return extreme(test, column);
    default:
      return number(aggregate(test, numberOf(column)));
  }
}

function aggregate(test: Of<'mean' | 'median' | 'standard deviation' | 'sum' | 'quantile'>, value: string): string {
  switch (test.kind) {
    case 'mean':
      return `avg(${value})`;
    case 'median':
      return `quantile_cont(${value}::DOUBLE, 0.5)`;
    case 'sum':
      return `sum(${value})::DOUBLE`;
    case 'quantile':
      return `quantile_cont(${value}::DOUBLE, ${test.share})`;
    case 'standard deviation':
      // Infinite values have none, and DuckDB would break off.
      return `CASE WHEN bool_and(isfinite(${value}::DOUBLE)) THEN stddev_samp(${value}) FILTER (WHERE isfinite(${value}::DOUBLE)) END`;
  }
}

function number(sql: string): ScanPart {
  return {
    aggregates: [sql],
    derived: {},
    read: ([value]) => ({
      kind: 'number',
      value: value === null || value === undefined ? null : Number(value),
      canShowRows: false,
      note: null,
    }),
  };
}

function shareOfValue(value: Scalar, column: TableColumn): ScanPart {
  const made = value === null ? undefined : literalFor(column, value);
  if (made === undefined)
    return number(
      value === null
        ? `count(*) FILTER (WHERE ${valueSql(column)} IS NULL) / nullif(count(*), 0)`
        : `CASE WHEN count(${valueSql(column)}) > 0 THEN 0 END`,
    );
  return number(`count(*) FILTER (WHERE ${valueSql(column)} = ${made}) / nullif(count(${valueSql(column)}), 0)`);
}

function age(column: TableColumn, { now }: CheckedTable): ScanPart {
  const isTime = column.kind === 'date' || column.kind === 'timestamp';
  if (!isTime && column.kind !== 'text') {
    throw new SlipwayError('invalid', `${column.name} holds ${kindWords[column.kind]}, and not times.`);
  }
  const value = isTime ? valueSql(column) : `try_cast(${valueSql(column)} AS TIMESTAMP)`;
  return number(`(${now} - epoch(max(${value}))) / 3600`);
}

function distinctSet({ values, relation }: Of<'distinct set'>, column: TableColumn): ScanPart {
  const value = valueSql(column);
  const named = different(column, values);
  const list = literalsFor(column, named).join(', ');
  const comparable = named.filter((each) => literalFor(column, each) !== undefined);
  const within = list === '' ? 'false' : `${value} IN (${list})`;
  return {
    aggregates: [
      `count(DISTINCT ${value}) FILTER (WHERE ${within})`,
      `count(*) FILTER (WHERE NOT (${within}))`,
      `approx_top_k(${value}, 20) FILTER (WHERE NOT (${within}))`,
      list === '' ? 'NULL' : `list(DISTINCT list_position([${list}], ${value})) FILTER (WHERE ${within})`,
    ],
    derived: {},
    read: ([found, others, strange, here]) => {
      const extra = texts(strange);
      const present = new Set(texts(here).map((place) => comparable[Number(place) - 1]));
      const missing = named.filter((each) => !present.has(each)).map(String);
      const needsAll = relation !== 'within';
      if (!needsAll && Number(found) === 0 && Number(others) === 0) return noValues(column);
      return {
        kind: 'whole',
        isMet: (!needsAll || missing.length === 0) && (relation === 'contain' || Number(others) === 0),
        found: distinctWords(needsAll ? missing : [], relation === 'contain' ? [] : extra),
        bad: relation === 'contain' ? null : Number(others),
        examples: (relation === 'contain' ? missing : extra).slice(0, 5),
        observed: relation !== 'contain' && extra.length < 20 ? { min: null, max: null, values: extra } : null,
        note: null,
      };
    },
  };
}

/** Each value once, as the column would tell them apart: 1 and 1.0 are one number. */
function different({ kind }: TableColumn, values: readonly Scalar[]): Exclude<Scalar, null>[] {
  const isNumber = kind === 'integer' || kind === 'number';
  const keyOf = (value: Scalar): string =>
    isNumber && /^[\d.eE+-]+$/.test(String(value)) ? String(Number(value)) : String(value);
  const first = new Map<string, Exclude<Scalar, null>>();
  for (const value of values) if (value !== null && !first.has(keyOf(value))) first.set(keyOf(value), value);
  return [...first.values()];
}

function texts(values: DuckJson | undefined): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

function distinctWords(missing: readonly string[], extra: readonly string[]): string {
  const short = (all: readonly string[]): string => all.slice(0, 3).join(', ') + (all.length > 3 ? ' …' : '');
  const parts = [
    ...(missing.length > 0 ? [`without ${short(missing)}`] : []),
    ...(extra.length > 0 ? [`also ${short(extra)}`] : []),
  ];
  return parts.length === 0 ? 'these' : parts.join('; ');
}

function mostCommon(values: readonly Scalar[], column: TableColumn): ScanPart {
  const list = literalsFor(column, values).join(', ');
  const mode = `mode(${valueSql(column)})`;
  return {
    aggregates: [mode, list === '' ? 'false' : `${mode} IN (${list})`],
    derived: {},
    read: ([value, isIn]): Measure =>
      value === null || value === undefined
        ? noValues(column)
        : {
            kind: 'whole',
            isMet: isIn === true,
            found: String(value),
            bad: null,
            examples: [],
            observed: { min: null, max: null, values: [String(value)] },
            note: null,
          },
  };
}

function extreme({ of, range }: Of<'extreme'>, column: TableColumn): ScanPart {
  // Texts that are asked for numbers are compared as numbers, and one that is none is an error: `9` is not above `10`.
  const isTextOfNumbers = column.kind === 'text' && (typeof range.min === 'number' || typeof range.max === 'number');
  const value = `${of === 'minimum' ? 'min' : 'max'}(${isTextOfNumbers ? numberOf(column) : valueSql(column)})`;
  const bound = (end: number | string): string => (isTextOfNumbers ? numberEnd(end, column) : boundFor(column, end));
  const parts = [
    ...(range.min === null ? [] : [`${value} ${range.strictMin ? '>' : '>='} ${bound(range.min)}`]),
    ...(range.max === null ? [] : [`${value} ${range.strictMax ? '<' : '<='} ${bound(range.max)}`]),
  ];
  return {
    aggregates: [`${value}`, `(${parts.join(' AND ')})`],
    derived: {},
    read: ([found, isMet]): Measure => {
      if (found === null || found === undefined) return noValues(column);
      const known = endOf(found, of === 'minimum' ? -1 : 1) ?? '';
      return {
        kind: 'whole',
        isMet: isMet === true,
        found: String(found),
        bad: null,
        examples: [],
        observed: { min: known, max: known, values: [] },
        note: null,
      };
    },
  };
}

function numberEnd(end: number | string, { name }: TableColumn): string {
  if (typeof end === 'number') return `${end}::DOUBLE`;
  throw new SlipwayError(
    'invalid',
    `The ends for ${name} are a number and a text. Write both as numbers, or as texts.`,
  );
}

function noValues({ name }: TableColumn): Measure {
  return { kind: 'none', verdict: 'not checked', found: 'no values', note: `${name} has no value.` };
}
