// The rows of both sides that came, went or changed, page by page.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import type { DiffRow, DiffRowsPage, DiffRowsQuery } from '../../../../protocol/datasets/table/diff';
import type { GridCell } from '../../../../protocol/datasets/table/grid';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { shownSql } from '../grid/grid-filter';
import type { CommonColumns } from './diff-columns';
import { differs, joinedRows } from './diff-rows';

type Which = DiffRowsQuery['which'];

const keyed: Readonly<Record<Which, string>> = {
  added: 'd.b IS NULL',
  removed: 'd.a IS NULL',
  changed: 'd.b IS NOT NULL AND d.a IS NOT NULL',
};
const whole: Readonly<Record<Which, string>> = { added: 'd.n > 0', removed: 'd.n < 0', changed: 'false' };

/** Names of the columns that are shown: those of the key first. */
export function shownNames({ key, names }: CommonColumns): string[] {
  return [...key, ...names.filter((name) => !key.includes(name))];
}

/** Needs what `prepareRows` has made. */
export async function differentRows(
  duck: DuckDatabase,
  columns: CommonColumns,
  { which, column, offset, limit }: Pick<DiffRowsQuery, 'which' | 'column' | 'offset' | 'limit'>,
): Promise<DiffRowsPage> {
  const shown = shownNames(columns);
  const isWhole = columns.key.length === 0;
  const condition = (isWhole ? whole : keyed)[which] + (column === null ? '' : ` AND ${differs(columns, column)}`);
  const cells = (alias: string, of: readonly TableColumn[]): string =>
    `[${shown.map((name) => shownSql(named(of, name), alias)).join(', ')}]::VARCHAR[]`;
  const flags = which === 'changed' ? shown.map((name) => differs(columns, name)).join(', ') : '';
  const { rows } = await duck.table(
    `SELECT ${cells('b', columns.before)}, ${cells('a', columns.after)}, [${flags}]::BOOLEAN[], ${isWhole ? 'abs(d.n)' : '1'}
     FROM ${joinedRows(columns)} WHERE ${condition} ORDER BY coalesce(d.a, d.b) LIMIT ${limit + 1} OFFSET ${offset}`,
  );
  const found = rows.slice(0, limit).map(
    ([before, after, changed, times]): DiffRow => ({
      before: which === 'added' ? null : (before as GridCell[]),
      after: which === 'removed' ? null : (after as GridCell[]),
      changed: shown.filter((_, index) => (changed as boolean[])[index] === true),
      times: Number(times),
    }),
  );
  return { columns: shown.map((name) => named(columns.after, name)), rows: found, isEnd: rows.length <= limit };
}

function named(columns: readonly TableColumn[], name: string): TableColumn {
  return columns.find((column) => column.name === name) as TableColumn;
}
