// What each column of a side holds, as a diff tells it: how many nulls and different values, and where its numbers lie.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { ColumnNumbers } from '../../../../protocol/datasets/table/diff';
import type { ColumnQuantiles } from '../../../../protocol/datasets/table/profile';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { TableColumns } from '../columns/asked-columns';
import { StackedColumns, stack, stackedAtOnce } from '../columns/stacked-columns';
import { type ColumnSummary, columnSummaries } from '../profile/column-summaries';
import { columnValue } from '../profile/column-value';
import { columnValues } from '../profile/column-values';

/** In one statement at most; more make DuckDB slow. */
const mostColumns = 200;
/** Columns of a wide table, which are asked by themselves: thousands are slow to bind. */
const part = 'slipway_part';

type Distinct = Pick<ColumnNumbers, 'distinct' | 'isDistinctExact'>;

/** By the names of the columns of `from`. */
export async function sideNumbers(
  duck: DuckDatabase,
  from: string,
  { columns, signal }: { columns: readonly TableColumn[]; signal: AbortSignal },
): Promise<Map<string, ColumnNumbers>> {
  const found = new Map<string, ColumnNumbers>();
  const isWide = columns.length > mostColumns;
  const [counted] = await duck.rows(`SELECT count(*) AS n FROM ${from}`);
  const stacked = isWide ? stackedAtOnce(Number(counted?.n)) : 0;
  const size = stacked || mostColumns;
  for (let start = 0; start < columns.length; start += size) {
    signal.throwIfAborted();
    const group = columns.slice(start, start + size);
    if (isWide) {
      const names = group.map(({ name }) => identifier(name)).join(', ');
      await duck.run(`CREATE OR REPLACE TEMP TABLE ${part} AS SELECT ${names} FROM ${from}`);
    }
    const told = stacked > 0 ? await together(duck, group) : await oneByOne(duck, isWide ? part : from, group, signal);
    for (const [summary, distinct] of told) found.set(summary.of.column.name, numbersOf(summary, distinct));
  }
  return found;
}

async function oneByOne(
  duck: DuckDatabase,
  from: string,
  group: readonly TableColumn[],
  signal: AbortSignal,
): Promise<[ColumnSummary, Distinct][]> {
  const told: [ColumnSummary, Distinct][] = [];
  for (const summary of await columnSummaries(new TableColumns(duck, from, group))) {
    signal.throwIfAborted();
    const plain = { ...summary, of: { ...summary.of, isText: false } };
    told.push([summary, await columnValues(duck, from, plain)]);
  }
  return told;
}

/** All columns of one type in one statement each. */
async function together(duck: DuckDatabase, group: readonly TableColumn[]): Promise<[ColumnSummary, Distinct][]> {
  const told: [ColumnSummary, Distinct][] = [];
  for (const columns of Map.groupBy(group, ({ type }) => type).values()) {
    const asked = await StackedColumns.of(duck, part, columns);
    const summaries = await columnSummaries(asked);
    const { value } = columnValue({ ...(columns[0] as TableColumn), name: 'v' });
    const counted = await duck.rows(`SELECT k, count(DISTINCT ${value}) AS d FROM ${stack} GROUP BY k`);
    const distinct = new Map(counted.map(({ k, d }) => [Number(k), Number(d)]));
    for (const [index, summary] of summaries.entries())
      told.push([summary, { distinct: distinct.get(index) ?? 0, isDistinctExact: true }]);
  }
  return told;
}

function numbersOf({ nulls, numbers }: ColumnSummary, { distinct, isDistinctExact }: Distinct): ColumnNumbers {
  const quantiles = numbers?.quantiles == null ? null : asDoubles(numbers.quantiles);
  return { nulls, distinct, isDistinctExact, mean: numbers?.mean ?? null, quantiles };
}

/** They are told whether they moved, and shown short. */
function asDoubles({ p05, p25, p50, p75, p95 }: ColumnQuantiles<number | string>): ColumnQuantiles<number> {
  return { p05: Number(p05), p25: Number(p25), p50: Number(p50), p75: Number(p75), p95: Number(p95) };
}
