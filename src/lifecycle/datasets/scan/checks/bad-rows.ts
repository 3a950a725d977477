// The rows that break a check, a page at a time, with their numbers.
import { SlipwayError } from '../../../../base/errors';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { BadRows } from '../../../../protocol/datasets/contract/check';
import type { BadRowsInput } from '../../../../protocol/datasets/contract/check-questions';
import type { ContractCheck } from '../../../../protocol/datasets/contract/contract';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { OpenTerms } from '../open-tables';
import { type BadRowSql, badRowSql } from './bad-row-sql';
import { countedCondition, outlierFences } from './check-plan';
import { openedContract, withCheckedTable } from './check-table';
import { type CheckedTable, literalsFor, numberOf, valueSql } from './checked-table';
import { expressionOf, userQuery, withinLimit } from './own-scan';

const rowName = 'slipway row';
const mostNamed = 10;
const page = (offset: number, limit: number): string => `LIMIT ${limit} OFFSET ${offset}`;

/** Throws SlipwayError `not-found` for a check that the contract has not, `invalid` for one that is not about rows. */
export function badRows(input: BadRowsInput, terms: OpenTerms): Promise<BadRows> {
  const contract = openedContract(input);
  const check = contract.checks.find(({ id }) => id === input.check);
  if (check === undefined) throw new SlipwayError('not-found', noCheck(input, contract.checks));
  return withCheckedTable(input, terms, async ({ duck }, table) => {
    const columns = check.columns.map((name) => {
      const column = table.columns.get(name);
      if (column === undefined) throw new SlipwayError('invalid', `There is no column ${name}.`);
      return column;
    });
    if (check.test.kind === 'failed rows') {
      const sql = userQuery(check.test.sql, check, table);
      return withinLimit(duck, () => rowsOfQuery(duck, sql, input));
    }
    if (check.test.kind === 'pattern' && !(await isRe2(duck, check.test.pattern))) {
      return rowsOfPattern(duck, check.test, { ...input, table, column: columns[0] as TableColumn });
    }
    return rowsWhere(duck, await conditionOf(duck, check, columns, table), { ...input, table, columns });
  });
}

/** The sentence names those that are meant, perhaps: of that column or kind, or all of a few. */
function noCheck({ path, check: wanted }: BadRowsInput, checks: readonly ContractCheck[]): string {
  const word = wanted.toLowerCase();
  const near = checks.filter(
    ({ id, columns, title }) =>
      id.toLowerCase().includes(word) || columns.includes(wanted) || title.toLowerCase() === word,
  );
  const named = (near.length > 0 ? near : checks).slice(0, mostNamed).map(({ id }) => id);
  const rest = (near.length > 0 ? near : checks).length - named.length;
  const list = `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return `${path} has no check ${wanted}. ${near.length > 0 ? 'Near it' : 'It has'}: ${list}.`;
}

interface Page {
  offset: number;
  limit: number;
}

async function conditionOf(
  duck: DuckDatabase,
  check: ContractCheck,
  columns: readonly TableColumn[],
  table: CheckedTable,
): Promise<BadRowSql> {
  const { test } = check;
  const [column] = columns;
  const plain = (bad: string): BadRowSql => ({ bad, counted: 'true', value: undefined, derived: {} });
  if (test.kind === 'duplicates') {
    const key =
      columns.length === 1 && column !== undefined ? valueSql(column) : `(${columns.map(valueSql).join(', ')})`;
    const isKnown = columns.length === 1 ? `${key} IS NOT NULL AND ` : '';
    return plain(
      `${isKnown}${key} IN (SELECT ${key} FROM data GROUP BY ${columns.map(valueSql).join(', ')} HAVING count(*) > 1)`,
    );
  }
  if (test.kind === 'outliers' && column !== undefined) {
    const value = numberOf(column);
    const parts =
      test.method === 'iqr'
        ? `quantile_cont(${value}::DOUBLE, 0.25) AS a, quantile_cont(${value}::DOUBLE, 0.75) AS b`
        : `avg(${value}) AS a, stddev_samp(${value}) FILTER (WHERE isfinite(${value}::DOUBLE)) AS b`;
    const [found] = await duck.rows(`SELECT ${parts} FROM data`);
    const [low, high] = outlierFences(test, Number(found?.a), Number(found?.b));
    return plain(`(${value} < ${low} OR ${value} > ${high})`);
  }
  if (test.kind === 'distinct set' && column !== undefined) {
    const list = literalsFor(column, test.values).join(', ');
    return plain(list === '' ? `${valueSql(column)} IS NOT NULL` : `${valueSql(column)} NOT IN (${list})`);
  }
  const condition = test.kind === 'query' ? countedCondition(test.sql) : undefined;
  if (condition !== undefined) return plain(`(${userQuery(condition, check, table)}\n)`);
  if (!isRowTest(test)) throw new SlipwayError('invalid', `${check.title} is not about single rows.`);
  if (test.kind === 'condition') await duck.requireSelect(`SELECT (${test.sql}\n) FROM data`);
  return badRowSql(test, columns, table);
}

type ConditionTest = Parameters<typeof badRowSql>[0];

const rowKinds: readonly string[] = [
  'nulls',
  'missing',
  'empty',
  'in set',
  'not in set',
  'range',
  'multiple',
  'pattern',
  'length',
  'type',
  'format',
  'order',
  'pair',
  'row sum',
  'condition',
  'foreign key',
  'overlap',
] satisfies ConditionTest['kind'][];

function isRowTest(test: ContractCheck['test']): test is ConditionTest {
  return rowKinds.includes(test.kind);
}

async function rowsWhere(
  duck: DuckDatabase,
  { bad, counted, derived }: BadRowSql,
  { table, columns, offset, limit }: Page & { table: CheckedTable; columns: readonly TableColumn[] },
): Promise<BadRows> {
  const names = shownColumns(table, columns);
  const more = Object.entries(derived).map(([name, sql]) => `, ${sql} AS ${name}`);
  const from = `FROM (SELECT row_number() OVER () AS ${identifier(rowName)}, *${more.join('')} FROM data) WHERE ${counted} AND ${bad}`;
  const counts = await duck.rows(`SELECT count(*) AS n ${from}`);
  const { rows } = await duck.table(
    `SELECT ${identifier(rowName)}, ${names.map((name) => `${identifier(name)}::VARCHAR`).join(', ')} ${from} ORDER BY 1 ${page(offset, limit)}`,
  );
  return {
    columns: names,
    rows: rows.map(([row, ...values]) => ({ row: Number(row), values: values.map(cell) })),
    total: Number(counts[0]?.n ?? 0),
  };
}

/** The columns that the check is about come first. */
function shownColumns(table: CheckedTable, columns: readonly TableColumn[]): string[] {
  const first = columns.map(({ name }) => name);
  return [...first, ...[...table.columns.keys()].filter((name) => !first.includes(name))];
}

function cell(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

async function rowsOfQuery(duck: DuckDatabase, sql: string, { offset, limit }: Page): Promise<BadRows> {
  await duck.requireSelect(sql);
  const counted = await duck.rows(`SELECT count(*) AS n FROM (${sql}\n)`);
  const { columns, rows } = await duck.table(`SELECT COLUMNS(*)::VARCHAR FROM (${sql}\n) ${page(offset, limit)}`);
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((values) => ({ row: null, values: values.map(cell) })),
    total: Number(counted[0]?.n ?? 0),
  };
}

async function isRe2(duck: DuckDatabase, pattern: string): Promise<boolean> {
  return duck.rows("SELECT regexp_matches('', $1)", [pattern]).then(
    () => true,
    () => false,
  );
}

async function rowsOfPattern(
  duck: DuckDatabase,
  { pattern, matches }: { pattern: string; matches: boolean },
  { table, column, offset, limit }: Page & { table: CheckedTable; column: TableColumn },
): Promise<BadRows> {
  const names = shownColumns(table, [column]);
  const expression = expressionOf(pattern);
  const found: BadRows['rows'] = [];
  let total = 0;
  const cells = names.map((name) => `${identifier(name)}::VARCHAR`).join(', ');
  for await (const chunk of duck.chunks(`SELECT row_number() OVER (), ${cells} FROM data`)) {
    for (const [row, value, ...others] of chunk.getRows()) {
      if (value === null || expression.test(String(value)) === matches) continue;
      if (total >= offset && found.length < limit) {
        found.push({ row: Number(row), values: [value, ...others].slice(0, names.length).map(cell) });
      }
      total += 1;
    }
  }
  return { columns: names, rows: found, total };
}
