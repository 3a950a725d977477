// Pages, counts and heads of the table that a grid shows.
import { SlipwayError } from '../../../../base/errors';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type {
  GridCell,
  GridColumnHead,
  GridCount,
  GridCountQuery,
  GridHeads,
  GridPage,
  GridPageQuery,
} from '../../../../protocol/datasets/table/grid';
import type { JobProgress } from '../../../../protocol/jobs/job';
import { TableColumns } from '../columns/asked-columns';
import type { OpenTables } from '../open-tables';
import { columnBins } from '../profile/column-bins';
import { columnSummaries } from '../profile/column-summaries';
import { columnValues } from '../profile/column-values';
import { rowNumberName } from '../row-number';
import { tableColumns } from '../shape';
import { columnNamed, filterSql, orderSql, shownSql } from './grid-filter';
import type { GridTable } from './kept-table';

const mostCharacters = 2000;
/** Up to this row a file of text is parsed anew for each page. */
const nearRows = 10_000;
const headRows = 100_000;
const headValues = 12;

/** `progress` is told while a file of text is taken in. Throws SlipwayError as `GridQuestions` says. */
export async function gridPage(
  table: GridTable,
  query: GridPageQuery,
  progress: (progress: JobProgress) => void,
): Promise<GridPage> {
  const { duck, notes } = table;
  const { offset, limit, sort, filters } = query;
  const isNear = sort.length === 0 && filters.length === 0 && offset + limit <= nearRows;
  const from = isNear ? table.from : await table.take(progress);
  const all = await tableColumns(table, from);
  const columns = query.columns === null ? all : query.columns.map((name) => columnNamed(all, name));
  const where = await filterSql(duck, all, filters);
  const row = rowNumberName(all);
  const order = orderSql(all, sort, row);
  const cells = columns.map((column, index) => `${cut(shownSql(column))} AS c${index}`);
  const isPlain = where === '' && order === '';
  // Without a filter the place of a row is its number.
  const numbered = isPlain ? from : `(SELECT *, row_number() OVER () AS ${row} FROM ${from})`;
  const page = `SELECT * FROM ${numbered} ${where} ${order} LIMIT ${limit + 1} OFFSET ${offset}`;
  const { rows } = await duck.table(`SELECT ${[isPlain ? '0' : row, ...cells].join(', ')} FROM (${page})`);
  return {
    columns,
    rows: rows.slice(0, limit).map(([number, ...values], index) => ({
      row: isPlain ? offset + index + 1 : Number(number),
      cells: values as GridCell[],
    })),
    isEnd: rows.length <= limit,
    notes,
  };
}

/** Of the view `data`, which is not taken in for that. */
export async function gridCount(tables: OpenTables, { filters }: GridCountQuery): Promise<GridCount> {
  const where = await filterSql(tables.duck, await tableColumns(tables), filters);
  const terms = where === '' ? 'count(*)' : `count(*) FILTER (${where})`;
  const [found] = await tables.duck.rows(`SELECT count(*) AS n, ${terms} AS m FROM data`);
  return { rows: Number(found?.n), matching: Number(found?.m) };
}

/** Told from the first rows. */
export async function gridHeads(table: GridTable, names: readonly string[]): Promise<GridHeads> {
  const { duck } = table;
  const all = await tableColumns(table, table.from);
  const columns = names.map((name) => columnNamed(all, name));
  const read = columns.map(({ name }) => identifier(name)).join(', ');
  await duck.run(`CREATE OR REPLACE TEMP TABLE slipway_head AS SELECT ${read} FROM ${table.from} LIMIT ${headRows}`);
  const asked = new TableColumns(duck, 'slipway_head', columns);
  const summaries = await columnSummaries(asked);
  const bins = await columnBins(asked, summaries);
  const heads: GridColumnHead[] = [];
  for (const [index, summary] of summaries.entries()) {
    const { distinct, top } = await columnValues(duck, 'slipway_head', {
      ...summary,
      of: { ...summary.of, isText: false },
    });
    const isCategory = distinct > 0 && distinct <= 0.5 * (summary.rows - summary.nulls);
    heads.push({
      name: summary.of.column.name,
      nulls: summary.nulls,
      histogram: bins[index]?.histogram ?? null,
      top: isCategory ? top.slice(0, headValues) : [],
      distinct,
    });
  }
  const rows = summaries[0]?.rows ?? 0;
  return { rows, isWhole: rows < headRows, columns: heads };
}

/** One value whole; `row` counts from 1. Throws SlipwayError `not-found`. */
export async function gridCell(table: GridTable, { row, column }: { row: number; column: string }): Promise<GridCell> {
  const from = row <= nearRows ? table.from : await table.take();
  const found = columnNamed(await tableColumns(table, from), column);
  const { rows } = await table.duck.table(
    `SELECT ${shownSql(found)} FROM (SELECT * FROM ${from} LIMIT 1 OFFSET ${row - 1})`,
  );
  if (rows[0] === undefined) throw new SlipwayError('not-found', `The table has no row ${row}.`);
  return rows[0][0] as GridCell;
}

function cut(text: string): string {
  return `CASE WHEN length(${text}) > ${mostCharacters} THEN left(${text}, ${mostCharacters}) || '…' ELSE ${text} END`;
}
