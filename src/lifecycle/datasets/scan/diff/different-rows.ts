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

/** Each cell of a statement costs memory for two thousand rows, however few there are. */
const mostCells = 250;

/** Needs what `prepareRows` has made. */
export async function differentRows(
  duck: DuckDatabase,
  columns: CommonColumns,
  { which, column, offset, limit }: Pick<DiffRowsQuery, 'which' | 'column' | 'offset' | 'limit'>,
): Promise<DiffRowsPage> {
  const shown = shownNames(columns);
  const isWhole = columns.key.length === 0;
  const condition = (isWhole ? whole : keyed)[which] + (column === null ? '' : ` AND ${differs(columns, column)}`);
  const page = await duck.rows(
    `SELECT CAST(d.b AS VARCHAR) AS b, CAST(d.a AS VARCHAR) AS a, ${isWhole ? 'abs(d.n)' : '1'} AS n
     FROM ${joinedRows(columns)} WHERE ${condition} ORDER BY coalesce(d.a, d.b) LIMIT ${limit + 1} OFFSET ${offset}`,
  );
  const rows = page.slice(0, limit).map(
    ({ n }): DiffRow => ({
      before: which === 'added' ? null : [],
      after: which === 'removed' ? null : [],
      changed: [],
      times: Number(n),
    }),
  );
  for (let start = 0; start < shown.length && rows.length > 0; start += mostCells) {
    const names = shown.slice(start, start + mostCells);
    const cells = await cellsOf(duck, columns, { names, places: page.slice(0, limit), mayDiffer: which === 'changed' });
    for (const [index, [before, after, changed]] of cells.entries()) {
      rows[index]?.before?.push(...before);
      rows[index]?.after?.push(...after);
      rows[index]?.changed.push(...names.filter((_, at) => changed[at] === true));
    }
  }
  return { columns: shown.map((name) => named(columns.after, name)), rows, isEnd: page.length <= limit };
}

/** What some columns hold in the rows of either side that `places` numbers, and whether they differ. */
async function cellsOf(
  duck: DuckDatabase,
  columns: CommonColumns,
  {
    names,
    places,
    mayDiffer,
  }: { names: readonly string[]; places: readonly Record<string, unknown>[]; mayDiffer: boolean },
): Promise<[GridCell[], GridCell[], boolean[]][]> {
  const cells = (alias: string, of: readonly TableColumn[]): string =>
    `[${names.map((name) => shownSql(named(of, name), alias)).join(', ')}]::VARCHAR[]`;
  const side = (alias: 'b' | 'a', taken: string): string => {
    const numbers = places.map((place) => String(place[alias])).join(', ');
    return `LEFT JOIN (FROM ${taken} WHERE ${columns.row} IN (${numbers})) ${alias} ON ${alias}.${columns.row} = d.${alias}`;
  };
  const flags = mayDiffer ? names.map((name) => differs(columns, name)).join(', ') : '';
  const listed = places.map(({ b, a }, place) => `(${place}, ${String(b)}::BIGINT, ${String(a)}::BIGINT)`);
  const { rows } = await duck.table(
    `SELECT ${cells('b', columns.before)}, ${cells('a', columns.after)}, [${flags}]::BOOLEAN[]
     FROM (VALUES ${listed.join(', ')}) d(place, b, a) ${side('b', 'slipway_before')} ${side('a', 'slipway_after')}
     ORDER BY d.place`,
  );
  return rows as [GridCell[], GridCell[], boolean[]][];
}

function named(columns: readonly TableColumn[], name: string): TableColumn {
  return columns.find((column) => column.name === name) as TableColumn;
}
