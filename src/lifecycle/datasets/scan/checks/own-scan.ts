// Checks that read a table by themselves: queries of the user's, patterns in the words of ECMA-262, another table beside.
import { SlipwayError } from '../../../../base/errors';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { CheckTest, ContractCheck, OtherTable } from '../../../../protocol/datasets/contract/contract';
import { otherKey } from '../../../../protocol/datasets/contract/contract-table';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { fromWire } from '../../../../protocol/number';
import { type CheckedTable, numberOf, valueSql } from './checked-table';
import type { Measure } from './measure';

// A query that never ends would hold the table's other checks.
const mostSeconds = 60;

interface Terms {
  table: CheckedTable;
  rows: number;
}

/** Throws SlipwayError where the check is wrong, `unavailable` where its other table is missing. */
export async function measuredApart(
  check: ContractCheck,
  duck: DuckDatabase,
  { table, rows }: Terms,
): Promise<Measure> {
  const { test } = check;
  const column = table.columns.get(check.columns[0] ?? '');
  switch (test.kind) {
    case 'query':
      return number(await withinLimit(duck, () => oneNumber(duck, userQuery(test.sql, check, table))));
    case 'failed rows':
      return withinLimit(duck, () => failedRows(duck, userQuery(test.sql, check, table), rows));
    case 'rows against':
      return number(rows / (await ofOther(duck, table, test.table, () => 'count(*)')));
    case 'change':
      return change(duck, test, { table, column: required(column) });
    case 'drift':
      return drift(table, test, { column: required(column).name, threshold: check.threshold?.values[0] ?? 0 });
    case 'pattern':
      return patternMeasure(duck, test, required(column));
    default:
      throw new SlipwayError('invalid', `${test.kind} cannot be checked.`);
  }
}

function required(column: TableColumn | undefined): TableColumn {
  if (column === undefined) throw new SlipwayError('invalid', 'The check names no column.');
  return column;
}

function number(value: number | null): Measure {
  return { kind: 'number', value, canShowRows: false, note: null };
}

/** The query with the table and the column in it. */
export function userQuery(sql: string, { columns }: ContractCheck, { name }: CheckedTable): string {
  const [column] = columns;
  const withTable = sql.replaceAll(/\$?\{(object|table)\}/g, identifier(name));
  const made =
    column === undefined ? withTable : withTable.replaceAll(/\$?\{(property|column)\}/g, () => identifier(column));
  return made.replace(/;\s*$/, '');
}

async function oneNumber(duck: DuckDatabase, sql: string): Promise<number | null> {
  await duck.requireSelect(sql);
  const { columns, rows } = await duck.table(`FROM (${sql}\n) LIMIT 2`);
  if (columns.length !== 1 || rows.length > 1) {
    throw new SlipwayError('invalid', 'The query must return one number: one row of one column.');
  }
  const value = rows[0]?.[0];
  if (value === null || value === undefined) return null;
  const made = typeof value === 'boolean' ? Number(value) : typeof value === 'object' ? Number.NaN : Number(value);
  if (Number.isNaN(made) && value !== 'NaN')
    throw new SlipwayError('invalid', `The query returned ${JSON.stringify(value)}, and not a number.`);
  return made;
}

async function failedRows(duck: DuckDatabase, sql: string, rows: number): Promise<Measure> {
  await duck.requireSelect(sql);
  const counted = await duck.rows(`SELECT count(*) AS n FROM (${sql}\n)`);
  const bad = Number(counted[0]?.n ?? 0);
  return { kind: 'rows', bad, counted: rows, examples: [], observed: null, note: null };
}

/** A number of another table. */
async function ofOther(
  duck: DuckDatabase,
  table: CheckedTable,
  other: OtherTable,
  sql: (columns: ReadonlyMap<string, TableColumn>) => string,
): Promise<number> {
  const found = table.others.get(otherKey(other));
  if (found === undefined || 'why' in found)
    throw new SlipwayError('unavailable', found?.why ?? 'The other table is missing.');
  const rows = await duck.rows(`SELECT (${sql(found.columns)})::DOUBLE AS n FROM ${identifier(found.view)}`);
  const value = rows[0]?.n;
  return value === null || value === undefined ? Number.NaN : Number(value);
}

async function change(
  duck: DuckDatabase,
  { of, reference }: Extract<CheckTest, { kind: 'change' }>,
  { table, column }: { table: CheckedTable; column: TableColumn },
): Promise<Measure> {
  const sql = (each: TableColumn): string =>
    of === 'nulls'
      ? `count(*) FILTER (WHERE ${valueSql(each)} IS NULL) / nullif(count(*), 0)`
      : `${of === 'mean' ? 'avg' : 'stddev_samp'}(${numberOf(each)})`;
  const before = await ofOther(duck, table, reference, (columns) => {
    const found = columns.get(column.name);
    if (found === undefined) throw new SlipwayError('invalid', `The other table has no column ${column.name}.`);
    return sql(found);
  });
  const rows = await duck.rows(`SELECT (${sql(column)})::DOUBLE AS n FROM data`);
  const value = rows[0]?.n;
  const difference = Math.abs(Number(value ?? Number.NaN) - before);
  const made = of === 'nulls' || before === 0 ? difference : difference / Math.abs(before);
  return {
    kind: 'number',
    value: Number.isNaN(made) ? null : made,
    canShowRows: false,
    note: `It was ${Number(before.toPrecision(6))} and is ${Number(Number(value).toPrecision(6))}.`,
  };
}

/** A move that samples of this size make by themselves is no finding, and no pass. */
async function drift(
  table: CheckedTable,
  { method, reference }: Extract<CheckTest, { kind: 'drift' }>,
  { column, threshold }: { column: string; threshold: number },
): Promise<Measure> {
  const found = table.others.get(otherKey(reference));
  if (found === undefined || 'why' in found)
    throw new SlipwayError('unavailable', found?.why ?? 'The other table is missing.');
  const { score, verdict } = await table.drift({ column, method, reference, threshold });
  const value = fromWire(score);
  if (verdict !== 'too small to tell') return { kind: 'number', value, canShowRows: false, note: null };
  const note = 'There are too few rows to tell this from noise.';
  return { kind: 'none', verdict: 'not checked', found: 'too small to tell', note };
}

/** DuckDB has no look-around: each different value is tried here. */
async function patternMeasure(
  duck: DuckDatabase,
  { pattern, matches }: Extract<CheckTest, { kind: 'pattern' }>,
  column: TableColumn,
): Promise<Measure> {
  const expression = expressionOf(pattern);
  let [bad, counted] = [0, 0];
  const examples: string[] = [];
  const value = `${valueSql(column)}::VARCHAR`;
  for await (const chunk of duck.chunks(
    `SELECT ${value}, count(*) FROM data WHERE ${valueSql(column)} IS NOT NULL GROUP BY 1`,
  )) {
    for (const [text, count] of chunk.getRows()) {
      counted += Number(count);
      if (expression.test(String(text)) === matches) continue;
      bad += Number(count);
      if (examples.length < 5) examples.push(String(text));
    }
  }
  return { kind: 'rows', bad, counted, examples, observed: null, note: null };
}

/** With the meaning of Unicode where the expression allows it. */
export function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

/** The work's answer. Throws SlipwayError `invalid` when it takes longer than `seconds`; what runs is broken off. */
export async function withinLimit<Answer>(
  duck: Pick<DuckDatabase, 'interrupt'>,
  work: () => Promise<Answer>,
  seconds = mostSeconds,
): Promise<Answer> {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    duck.interrupt();
  }, seconds * 1000);
  try {
    return await work();
  } catch (error) {
    if (!isOver) throw error;
    const sentence = `The query took longer than ${seconds} s and was broken off. Ask for less, such as fewer columns or rows.`;
    throw new SlipwayError('invalid', sentence);
  } finally {
    clearTimeout(timer);
  }
}
