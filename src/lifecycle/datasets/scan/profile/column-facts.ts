// What is usual in each column: three looks at the first million rows.
import { identifier } from '../../../../platform/duckdb/duck-text';
import { type ColumnFacts, mostKnownValues, type TableFacts } from '../../../../protocol/datasets/table/column-facts';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { TableColumns } from '../columns/asked-columns';
import type { OpenTables } from '../open-tables';
import { tableColumns } from '../shape';
import { type ColumnSummary, columnSummaries } from './column-summaries';

const mostRows = 1_000_000;
const mostColumns = 200;
/** The estimate of how many values differ may be wrong by a fifth. */
const margin = 1.2;
const table = 'slipway_facts';

/** Of the view `data`. */
export async function columnFacts(tables: OpenTables): Promise<TableFacts> {
  const { duck } = tables;
  const columns = (await tableColumns(tables)).slice(0, mostColumns);
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  await duck.run(`CREATE TEMP TABLE ${table} AS SELECT ${names} FROM data LIMIT ${mostRows + 1}`);
  const summaries = await columnSummaries(new TableColumns(duck, table, columns));
  const written = await writtenTimes(tables, columns);
  const facts: ColumnFacts[] = [];
  for (const summary of summaries) {
    const { name } = summary.of.column;
    facts.push(factsOf(summary, await frequentValues(tables, summary), written.get(name) ?? null));
  }
  const rows = summaries[0]?.rows ?? 0;
  return { rows: Math.min(rows, mostRows), isWhole: rows <= mostRows, columns: facts };
}

function factsOf(
  { of, rows, nulls, numbers, times }: ColumnSummary,
  values: string[],
  written: string | null,
): ColumnFacts {
  const { name, kind } = of.column;
  const [least, most] = [numbers?.min ?? times?.min, numbers?.max ?? times?.max];
  const middle = numbers?.quantiles?.p50 ?? times?.quantiles.p50;
  const text = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));
  const missing = rows === 0 ? 0 : nulls / rows;
  return { name, kind, missing, least: text(least), most: text(most), middle: text(middle), values, written };
}

async function frequentValues({ duck }: OpenTables, { of, approximate }: ColumnSummary): Promise<string[]> {
  if (of.column.kind === 'number' || approximate > mostKnownValues * margin) return [];
  const groups = await duck.rows(
    `SELECT CAST(${of.value} AS VARCHAR) AS value FROM ${table} WHERE ${of.value} IS NOT NULL
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${mostKnownValues + 1}`,
  );
  return groups.length > mostKnownValues ? [] : groups.map(({ value }) => String(value));
}

/** A date or time of each such column as its file has it. */
async function writtenTimes(tables: OpenTables, columns: readonly TableColumn[]): Promise<Map<string, string>> {
  const timed = columns.filter(({ kind }) => kind === 'date' || kind === 'timestamp');
  const own = timed.length === 0 ? undefined : await tables.asWritten('data', columns);
  const found = new Map<string, string>();
  for (const { name } of timed) {
    const known = own?.written.get(name)?.known;
    if (own === undefined || known === undefined) continue;
    const [row] = await tables.duck.rows(`SELECT ${known} AS v FROM ${own.view} WHERE ${known} IS NOT NULL LIMIT 1`);
    if (row !== undefined) found.set(name, String(row.v));
  }
  return found;
}
