// Filters and orders of a grid as SQL.
import { SlipwayError } from '../../../../base/errors';
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier, literal } from '../../../../platform/duckdb/duck-text';
import type { GridFilter, GridSort } from '../../../../protocol/datasets/table/grid';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';

/** Throws SlipwayError `not-found` where no column has that name. */
export function columnNamed(columns: readonly TableColumn[], name: string): TableColumn {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new SlipwayError('not-found', `The table has no column ${name}.`);
  return found;
}

/** The condition of rows that all filters let through; '' for no filter. Throws SlipwayError as `GridQuestions` says. */
export async function filterSql(
  duck: DuckDatabase,
  columns: readonly TableColumn[],
  filters: readonly GridFilter[],
): Promise<string> {
  const terms: string[] = [];
  for (const filter of filters) terms.push(await termOf(duck, columnNamed(columns, filter.column), filter));
  return terms.length === 0 ? '' : `WHERE ${terms.map((term) => `(${term})`).join(' AND ')}`;
}

/** In the order of the table, which `row` numbers, where `sort` says nothing. */
export function orderSql(columns: readonly TableColumn[], sort: readonly GridSort[], row: string): string {
  const terms = sort.map(({ column, descending }) => {
    const name = identifier(columnNamed(columns, column).name);
    return `${name} ${descending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  // Equal rows stay in the order of the table, so that pages fit together.
  return terms.length === 0 ? '' : `ORDER BY ${[...terms, row].join(', ')}`;
}

async function termOf(duck: DuckDatabase, column: TableColumn, filter: GridFilter): Promise<string> {
  const name = identifier(column.name);
  const text = shownSql(column);
  switch (filter.is) {
    case 'null':
      return `${name} IS ${filter.not ? 'NOT ' : ''}NULL`;
    case 'contains':
      return `contains(lower(${text}), lower(${literal(filter.text)}))`;
    case 'equals':
      return column.kind === 'nested' || column.kind === 'text'
        ? `${text} = ${literal(filter.text)}`
        : `${name} = ${await valueSql(duck, column, filter.text)}`;
    case 'in': {
      const values = filter.values.filter((value) => value !== null).map(literal);
      const some = values.length === 0 ? 'false' : `coalesce(${text} IN (${values.join(', ')}), false)`;
      return filter.values.includes(null) ? `${some} OR ${name} IS NULL` : some;
    }
    case 'range': {
      const from = filter.from === null ? 'true' : `${name} >= ${await valueSql(duck, column, filter.from)}`;
      const to = filter.to === null ? 'true' : `${name} <= ${await valueSql(duck, column, filter.to)}`;
      return `${from} AND ${to} AND ${name} IS NOT NULL`;
    }
  }
}

/** What is typed as a value of the column. Whole numbers are compared with what has decimals. */
async function valueSql(duck: DuckDatabase, { name, type, kind }: TableColumn, text: string): Promise<string> {
  const target =
    kind === 'integer' && !/^[+-]?\d+$/.test(text.trim()) ? 'DOUBLE' : kind === 'nested' ? 'VARCHAR' : type;
  const [found] = await duck.rows(`SELECT TRY_CAST(${literal(text.trim())} AS ${target}) IS NOT NULL AS fits`);
  if (kind === 'text') return literal(text);
  if (found?.fits === true) return `CAST(${literal(text.trim())} AS ${target})`;
  throw new SlipwayError('invalid', `${name} holds ${kindWords[kind]}, and “${text}” is none.`);
}

const kindWords: Readonly<Record<TableColumn['kind'], string>> = {
  integer: 'whole numbers',
  number: 'numbers',
  boolean: 'true and false',
  text: 'text',
  date: 'dates such as 2013-01-31',
  timestamp: 'times such as 2013-01-31 17:05:00',
  time: 'times of day such as 17:05:00',
  binary: 'bytes',
  nested: 'lists or structures',
};

/** A value as it is shown, whole. `alias` names the table where there are several. */
export function shownSql({ name, type }: TableColumn, alias?: string): string {
  const value = alias === undefined ? identifier(name) : `${alias}.${identifier(name)}`;
  const text = `CAST(${value} AS VARCHAR)`;
  if (!/^(DOUBLE|FLOAT|REAL)$/.test(type)) return text;
  return `CASE WHEN isfinite(${value}) THEN ${text} WHEN isnan(${value}) THEN 'NaN' WHEN ${value} > 0 THEN 'Infinity' WHEN ${value} < 0 THEN '-Infinity' END`;
}
