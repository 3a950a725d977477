// The single values of many columns of few rows: one statement for all of them, where one for each takes longer to plan
// than to run.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import type { ColumnSummary } from './column-summaries';
import {
  areVariants,
  type ColumnValues,
  looksOf,
  looksTerms,
  mostTop,
  mostVariants,
  readAs,
  sameWriting,
  variantsOf,
} from './column-values';

/** Most rows of a table that is asked so: every value is counted. */
export const mostBatchRows = 10_000;

type Answers = Map<number, Record<string, unknown>[]>;

/** Reads the columns of `from`; as `columnValues` does one by one. */
export async function manyValues(
  duck: DuckDatabase,
  from: string,
  summaries: readonly ColumnSummary[],
): Promise<ColumnValues[]> {
  await duck.run(`CREATE OR REPLACE TEMP TABLE slipway_values AS ${countedValues(from, summaries)}`);
  const isNumber = `[${summaries.map(({ of }) => of.isNumber).join(', ')}][k + 1]`;
  const top = await byColumn(
    duck,
    `SELECT *, count(*) OVER (PARTITION BY k) AS d, row_number() OVER (PARTITION BY k
       ORDER BY n DESC, CASE WHEN ${isNumber} THEN TRY_CAST(v AS DOUBLE) END, v) AS place
     FROM slipway_values`,
    mostTop,
  );
  const isText = `[${summaries.map(({ of }) => of.isText).join(', ')}][k + 1]`;
  const [tried, groups] = summaries.some(({ of }) => of.isText)
    ? await looks(duck, `(FROM slipway_values WHERE ${isText})`)
    : [new Map(), new Map()];
  return summaries.map(({ of, rows, nulls }, index) => {
    const values = top.get(index) ?? [];
    return {
      distinct: Number(values[0]?.d ?? 0),
      isDistinctExact: true,
      top: values.map(({ v, n }) => ({ value: String(v), rows: Number(n) })),
      looks: of.isText && rows > nulls ? looksOf(tried.get(index)?.[0], groups.get(index) ?? []) : null,
    };
  });
}

/** Each value as a text `v` of column number `k`, and in how many rows it stands. */
function countedValues(from: string, summaries: readonly ColumnSummary[]): string {
  const texts = summaries.map(({ of }) => {
    const text = `CAST(${of.value} AS VARCHAR)`;
    return of.isNumber ? `CASE WHEN ${text} = '-0.0' THEN '0.0' ELSE ${text} END` : text;
  });
  const all = `SELECT unnest(range(${texts.length})) AS k, unnest([${texts.join(', ')}]) AS v FROM ${from}`;
  return `SELECT k, v, count(*) AS n FROM (${all}) WHERE v IS NOT NULL GROUP BY k, v`;
}

async function looks(duck: DuckDatabase, texts: string): Promise<[Answers, Answers]> {
  const rows = `(SELECT k, trim(v) AS v, n, ${readAs} FROM ${texts} WHERE v <> '')`;
  const tried = await byColumn(duck, `SELECT k, ${looksTerms}, 1 AS place FROM ${rows} GROUP BY k`, 1);
  const groups = await byColumn(
    duck,
    `SELECT k, variants, count(*) OVER (PARTITION BY k) AS c, row_number() OVER (PARTITION BY k ORDER BY s DESC) AS place
     FROM (SELECT k, ${variantsOf} AS variants, sum(n) AS s FROM ${texts} GROUP BY k, ${sameWriting} HAVING ${areVariants})`,
    mostVariants,
  );
  return [tried, groups];
}

/** The first of each column, in the order of their `place`. */
async function byColumn(duck: DuckDatabase, sql: string, most: number): Promise<Answers> {
  const rows = await duck.rows(`SELECT * FROM (${sql}) WHERE place <= ${most} ORDER BY k, place`);
  return Map.groupBy(rows, ({ k }) => Number(k));
}
