// Which rows came, went or changed: by their key, else whole, as often as they occur.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import type { RowsDiff } from '../../../../protocol/datasets/table/diff';
import { type CommonColumns, comparedValue } from './diff-columns';

/** The table of the row differences, once `prepareRows` has made it. */
const rowsTable = 'slipway_diff';

/** In one statement at most; more make DuckDB slow. */
const mostColumns = 200;

/**
 * Makes a table with a row for each difference. By key: the rows of either side (`b`, `a`, null on the side that has it
 * not). Whole: the numbers of one row and how often it came (`n` > 0) or went.
 */
export async function prepareRows(duck: DuckDatabase, columns: CommonColumns): Promise<void> {
  await (columns.key.length === 0 ? prepareWhole(duck, columns) : prepareKeyed(duck, columns));
}

/** What the table of differences says in all. */
export async function rowsDiff(duck: DuckDatabase, columns: CommonColumns): Promise<RowsDiff> {
  const [sizes] = await duck.rows(
    'SELECT (SELECT count(*) FROM slipway_before) AS b, (SELECT count(*) FROM slipway_after) AS a',
  );
  const [before, after] = [Number(sizes?.b), Number(sizes?.a)];
  const counted = { key: columns.key, before, after };
  if (columns.key.length === 0) {
    const [found] = await duck.rows(
      `SELECT coalesce(sum(n) FILTER (n > 0), 0) AS a, coalesce(-sum(n) FILTER (n < 0), 0) AS r FROM ${rowsTable}`,
    );
    const [added, removed] = [Number(found?.a), Number(found?.r)];
    const rest = { changed: 0, same: after - added, ambiguous: { before: 0, after: 0 }, columns: [] };
    return { ...counted, added, removed, ...rest };
  }
  const [found] = await duck.rows(
    `SELECT count_if(b IS NULL) AS a, count_if(a IS NULL) AS r, count_if(b IS NOT NULL AND a IS NOT NULL) AS c
     FROM ${rowsTable}`,
  );
  const [ambiguous] = await duck.rows(
    `SELECT (SELECT coalesce(sum(n), 0) FROM slipway_twice WHERE side = 'b') AS b,
       (SELECT coalesce(sum(n), 0) FROM slipway_twice WHERE side = 'a') AS a`,
  );
  const twice = { before: Number(ambiguous?.b), after: Number(ambiguous?.a) };
  const [added, removed, changed] = [Number(found?.a), Number(found?.r), Number(found?.c)];
  return {
    ...counted,
    added,
    removed,
    changed,
    same: after - added - changed - twice.after,
    ambiguous: twice,
    columns: changed === 0 ? [] : await changedColumns(duck, columns),
  };
}

/** The rows of both sides under a condition: those that are joined by their numbers. */
export function joinedRows({ row }: CommonColumns): string {
  return `${rowsTable} d LEFT JOIN slipway_before b ON b.${row} = d.b LEFT JOIN slipway_after a ON a.${row} = d.a`;
}

/** Whether a column of a changed row differs. */
export function differs(columns: CommonColumns, name: string): string {
  return `${comparedValue(columns, name, 'b')} IS DISTINCT FROM ${comparedValue(columns, name, 'a')}`;
}

async function changedColumns(duck: DuckDatabase, columns: CommonColumns): Promise<RowsDiff['columns']> {
  const names = columns.names.filter((name) => !columns.key.includes(name));
  const found: RowsDiff['columns'] = [];
  for (let start = 0; start < names.length; start += mostColumns) {
    const some = names.slice(start, start + mostColumns);
    const terms = some.map((name, index) => `count_if(${differs(columns, name)}) AS c${index}`);
    const [counts] = await duck.rows(
      `SELECT ${terms.join(', ')} FROM ${joinedRows(columns)} WHERE d.b IS NOT NULL AND d.a IS NOT NULL`,
    );
    found.push(...some.map((name, index) => ({ name, rows: Number(counts?.[`c${index}`]) })));
  }
  return found.filter(({ rows }) => rows > 0).sort((one, other) => other.rows - one.rows);
}

async function prepareKeyed(duck: DuckDatabase, columns: CommonColumns): Promise<void> {
  const keys = (alias: string): string[] => columns.key.map((name) => comparedValue(columns, name, alias));
  const rest = columns.names.filter((name) => !columns.key.includes(name));
  const hashed = (alias: string): string =>
    rest.length === 0 ? '0' : `hash(${rest.map((name) => comparedValue(columns, name, alias)).join(', ')})`;
  const named = columns.key.map((_, index) => `k${index}`);
  const side = (alias: string, table: string): string =>
    `SELECT ${keys(alias)
      .map((key, index) => `${key} AS k${index}`)
      .join(', ')}, ${columns.row} AS r, ${hashed(alias)} AS h FROM ${table} ${alias}`;
  await duck.run(`CREATE OR REPLACE TEMP TABLE slipway_b AS ${side('b', 'slipway_before')}`);
  await duck.run(`CREATE OR REPLACE TEMP TABLE slipway_a AS ${side('a', 'slipway_after')}`);
  const grouped = (alias: string): string =>
    `SELECT '${alias}' AS side, ${named.join(', ')}, count(*) AS n FROM slipway_${alias} GROUP BY ALL`;
  const twiceKeys = `SELECT ${named.join(', ')} FROM (${grouped('b')} UNION ALL ${grouped('a')}) WHERE n > 1`;
  const equal = (one: string, other: string): string =>
    named.map((name) => `${one}.${name} IS NOT DISTINCT FROM ${other}.${name}`).join(' AND ');
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE slipway_twice AS
     WITH t AS (SELECT DISTINCT * FROM (${twiceKeys}))
     SELECT g.* FROM (${grouped('b')} UNION ALL ${grouped('a')}) g SEMI JOIN t ON ${equal('g', 't')}`,
  );
  const once = (alias: string): string =>
    `(SELECT * FROM slipway_${alias} s ANTI JOIN slipway_twice t ON ${equal('s', 't')})`;
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE ${rowsTable} AS
     SELECT b.r AS b, a.r AS a FROM ${once('b')} b FULL JOIN ${once('a')} a ON ${equal('b', 'a')}
     WHERE b.r IS NULL OR a.r IS NULL OR b.h <> a.h ORDER BY coalesce(a.r, b.r), a.r`,
  );
}

async function prepareWhole(duck: DuckDatabase, columns: CommonColumns): Promise<void> {
  // Without a column in common no row of one side is one of the other.
  const hashed = (alias: string): string =>
    columns.names.length === 0
      ? `'${alias}'`
      : `hash(${columns.names.map((name) => comparedValue(columns, name, alias)).join(', ')})`;
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE ${rowsTable} AS
     SELECT min(b) AS b, min(a) AS a, sum(n) AS n FROM (
       SELECT ${columns.row} AS b, NULL AS a, -1 AS n, ${hashed('b')} AS h FROM slipway_before b UNION ALL
       SELECT NULL, ${columns.row}, 1, ${hashed('a')} FROM slipway_after a) GROUP BY h HAVING sum(n) <> 0
     ORDER BY coalesce(min(a), min(b))`,
  );
}
