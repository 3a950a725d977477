// Looks at each column of a table for a draft of its contract.

import type { DuckJson } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { InferInput } from '../../../../protocol/datasets/contract/check-questions';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { isColumnar } from '../../../../protocol/datasets/table-source';
import type { ColumnFacts, TextForm } from '../../contract/draft/column-facts';
import { contractDraft, mostValues } from '../../contract/draft/contract-draft';
import { type OpenTables, type OpenTerms, withTables } from '../open-tables';
import { TableSlices } from '../table-slices';
import { columnsOf, valueSql } from './checked-table';

/** Columns of one statement; more make DuckDB slow, and hungry. */
const mostColumns = 100;

/** The text of a contract that the table keeps. */
export function draftContract({ source, ...named }: InferInput, terms: OpenTerms): Promise<{ text: string }> {
  return withTables({ data: source }, terms, async (open) => {
    const columns = [...(await columnsOf(open.duck, 'data')).values()];
    const facts: ColumnFacts[] = [];
    let rows = 0;
    const slices = new TableSlices(open.duck, 'data', { columns, isText: !isColumnar(source) });
    for (let start = 0; start < columns.length; start += mostColumns) {
      const from = await slices.of(start, start + mostColumns);
      const found = await factsOf({ ...open, from }, columns.slice(start, start + mostColumns));
      rows = found.rows;
      facts.push(...found.facts);
    }
    return { text: contractDraft(named, rows, facts) };
  });
}

/** `from` is what has the columns. */
interface OpenColumns {
  duck: OpenTables['duck'];
  from: string;
}

interface FirstLook {
  column: TableColumn;
  filled: number;
  isNearlyUnique: boolean;
  hasFewValues: boolean;
  ends: [DuckJson, DuckJson];
  lengths: [DuckJson, DuckJson];
  form: TextForm | null;
}

const forms: Readonly<Record<TextForm, string>> = {
  email: '[^\\s@]+@[^\\s@]+\\.[^\\s@]+',
  uuid: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  date: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
};

async function factsOf(
  { duck, from }: OpenColumns,
  columns: readonly TableColumn[],
): Promise<{ rows: number; facts: ColumnFacts[] }> {
  const aggregates = columns.map(firstAggregates);
  const { rows: firstRows } = await duck.table(
    `SELECT count(*), ${aggregates
      .flat()
      .map((sql, at) => `${sql} AS ${identifier(`c${at}`)}`)
      .join(', ')} FROM ${from}`,
  );
  const [counted, ...values] = firstRows[0] ?? [];
  const rows = Number(counted ?? 0);
  const size = aggregates[0]?.length ?? 0;
  const looks = columns.map((column, at) => lookOf(column, values.slice(at * size, (at + 1) * size), rows));
  const exact = await secondLook({ duck, from }, looks);
  return { rows, facts: looks.map((look, at) => factOf(look, rows, exact[at] ?? {})) };
}

function firstAggregates(column: TableColumn): string[] {
  const value = valueSql(column);
  const isText = column.kind === 'text';
  const isNumber = column.kind === 'integer' || column.kind === 'number';
  const text = `${identifier(column.name)}::VARCHAR`;
  return [
    `count(${value})`,
    column.kind === 'nested' || column.kind === 'binary' ? 'NULL' : `approx_count_distinct(${value})`,
    ...['min', 'max'].map((end) => (isNumber ? `${end}(${value})` : 'NULL')),
    ...['min', 'max'].map((end) => (isText ? `${end}(length(${text}))` : 'NULL')),
    ...Object.values(forms).map((form) => (isText ? `bool_and(regexp_full_match(${text}, '${form}'))` : 'NULL')),
  ];
}

function lookOf(column: TableColumn, values: readonly DuckJson[], rows: number): FirstLook {
  const [count, about, min = null, max = null, shortest = null, longest = null, ...matches] = values;
  const filled = Number(count ?? 0);
  const distinct = Number(about ?? 0);
  const at = matches.indexOf(true);
  return {
    column,
    filled,
    // The count of different values is a guess of some percent.
    isNearlyUnique: filled === rows && distinct > filled * 0.8,
    hasFewValues: column.kind === 'text' && distinct <= mostValues * 1.5,
    ends: [min, max],
    lengths: [shortest, longest],
    form: at < 0 ? null : (Object.keys(forms)[at] as TextForm),
  };
}

type Exact = Partial<Pick<ColumnFacts, 'isUnique' | 'values'>>;

/** Counts exactly what the first look showed to be worth it. */
async function secondLook({ duck, from }: OpenColumns, looks: readonly FirstLook[]): Promise<Exact[]> {
  const aggregates = looks.map(({ column, isNearlyUnique, hasFewValues }) => [
    isNearlyUnique ? `count(DISTINCT ${valueSql(column)})` : 'NULL',
    hasFewValues ? `histogram(${identifier(column.name)}::VARCHAR)` : 'NULL',
  ]);
  if (!looks.some(({ isNearlyUnique, hasFewValues }) => isNearlyUnique || hasFewValues)) return [];
  const { rows } = await duck.table(
    `SELECT ${aggregates
      .flat()
      .map((sql, at) => `${sql} AS ${identifier(`c${at}`)}`)
      .join(', ')} FROM ${from}`,
  );
  const [found = []] = rows;
  return looks.map((look, at) => {
    const [distinct, histogram] = found.slice(at * 2, at * 2 + 2);
    return {
      isUnique: distinct !== null && distinct !== undefined && Number(distinct) === look.filled && look.filled > 0,
      values: Array.isArray(histogram) ? histogram.map(entryOf) : null,
    };
  });
}

/** An entry of a map as DuckDB's JSON has it. */
function entryOf(entry: DuckJson): { value: string; rows: number } {
  const { key, value } = entry as { key: DuckJson; value: DuckJson };
  return { value: String(key), rows: Number(value) };
}

function factOf({ column, filled, ends, lengths, form }: FirstLook, rows: number, exact: Exact): ColumnFacts {
  const [min, max] = ends.map(exactNumber);
  const [shortest, longest] = lengths;
  return {
    name: column.name,
    kind: column.kind,
    nulls: rows - filled,
    rows: filled,
    min: min ?? null,
    max: max ?? null,
    isUnique: exact.isUnique ?? false,
    values: exact.values ?? null,
    lengths: shortest === null || longest === null ? null : { min: Number(shortest), max: Number(longest) },
    form,
  };
}

/** Null for what is no number, infinite, or a whole number that a double would round. */
function exactNumber(value: DuckJson): number | null {
  if (value === null) return null;
  const number = Number(value);
  if (!Number.isFinite(number)) return null;
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? null : number;
}
