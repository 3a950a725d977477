// The single values of stacked columns: one statement for all of them.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { type StackedColumns, stack } from '../columns/stacked-columns';
import type { ColumnSummary } from './column-summaries';
import { columnValue } from './column-value';
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

type Answers = Map<number, Record<string, unknown>[]>;
type TopValue = { value: string; rows: string };

/** Each value `v` of column `k`, and in how many rows it stands. */
const values = 'slipway_values';

/** Reads the columns in `stack`; as `columnValues` does one by one. */
export async function manyValues(
  duck: DuckDatabase,
  { columns }: StackedColumns,
  summaries: readonly ColumnSummary[],
): Promise<ColumnValues[]> {
  const [first] = columns;
  if (first === undefined) return [];
  const { isNumber, isText, value } = columnValue({ ...first, name: 'v' });
  const counted = `SELECT k, ${value} AS v, count(*) AS n FROM ${stack} WHERE ${value} IS NOT NULL GROUP BY 1, 2`;
  await duck.run(`CREATE OR REPLACE TEMP TABLE ${values} AS ${counted}`);
  const most = `list_transform(min({n: -n, v: v}, ${mostTop}), lambda x: {value: CAST(x.v AS VARCHAR), rows: -x.n})`;
  const found = await duck.rows(`SELECT k, count(*) AS d, ${most} AS top FROM ${values} GROUP BY k`);
  const tops = new Map(found.map(({ k, d, top }) => [Number(k), { distinct: Number(d), top: top as TopValue[] }]));
  const [tried, groups] = isText ? await looks(duck) : [new Map(), new Map()];
  return summaries.map(({ of, rows, nulls }, index) => {
    const { distinct, top } = tops.get(index) ?? { distinct: 0, top: [] };
    return {
      distinct,
      isDistinctExact: true,
      top: top.map((each) => ({
        value: isNumber && each.value === '-0.0' ? '0.0' : each.value,
        rows: Number(each.rows),
      })),
      looks: of.isText && rows > nulls ? looksOf(tried.get(index)?.[0], groups.get(index) ?? []) : null,
    };
  });
}

async function looks(duck: DuckDatabase): Promise<[Answers, Answers]> {
  const rows = `(SELECT k, trim(v) AS v, n, ${readAs} FROM ${values} WHERE v <> '')`;
  const tried = await byColumn(duck, `SELECT k, ${looksTerms}, 1 AS place FROM ${rows} GROUP BY k`, 1);
  const groups = await byColumn(
    duck,
    `SELECT k, variants, count(*) OVER (PARTITION BY k) AS c, row_number() OVER (PARTITION BY k ORDER BY s DESC) AS place
     FROM (SELECT k, ${variantsOf} AS variants, sum(n) AS s FROM ${values}
       GROUP BY k, ${sameWriting} HAVING ${areVariants})`,
    mostVariants,
  );
  return [tried, groups];
}

/** The first of each column, in the order of their `place`. */
async function byColumn(duck: DuckDatabase, sql: string, most: number): Promise<Answers> {
  const rows = await duck.rows(`SELECT * FROM (${sql}) WHERE place <= ${most} ORDER BY k, place`);
  return Map.groupBy(rows, ({ k }) => Number(k));
}
