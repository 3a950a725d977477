// Looks at each column of a table for a draft of its contract.

import type { DuckDatabase, DuckJson } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { InferInput } from '../../../../protocol/datasets/contract/check-questions';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { isColumnar } from '../../../../protocol/datasets/table-source';
import type { ColumnFacts, TextForm } from '../../contract/draft/column-facts';
import { contractDraft, mostValues } from '../../contract/draft/contract-draft';
import { type AskedColumns, type ColumnAnswers, TableColumns } from '../columns/asked-columns';
import { StackedColumns, stackedAtOnce } from '../columns/stacked-columns';
import { TableSlices } from '../columns/table-slices';
import { type OpenTerms, withTables } from '../open-tables';
import { columnsOf, valueSql } from './checked-table';

/** Columns that are asked at once: side by side more make DuckDB slow, and hungry. */
const mostColumns = 100;
const part = 'slipway_part';

/** The text of a contract that the table keeps. */
export function draftContract({ source, ...named }: InferInput, terms: OpenTerms): Promise<{ text: string }> {
  return withTables({ data: source }, terms, async ({ duck }) => {
    const columns = [...(await columnsOf(duck, 'data')).values()];
    const slices = new TableSlices(duck, 'data', { columns, isText: !isColumnar(source) });
    const [counted] = await duck.rows(`SELECT count(*) AS n FROM ${await slices.of(0, 1)}`);
    const rows = Number(counted?.n ?? 0);
    const stacked = columns.length > mostColumns ? stackedAtOnce(rows) : 0;
    const size = stacked || mostColumns;
    const facts: ColumnFacts[] = [];
    for (let start = 0; start < columns.length; start += size) {
      terms.signal.throwIfAborted();
      const from = await slices.of(start, start + size);
      const group = columns.slice(start, start + size);
      facts.push(
        ...(await (stacked > 0 ? stackedFacts(duck, from, group) : factsOf(new TableColumns(duck, from, group)))),
      );
    }
    return { text: contractDraft(named, rows, facts) };
  });
}

/** The columns of `from`, all those of one type together. */
async function stackedFacts(duck: DuckDatabase, from: string, columns: readonly TableColumn[]): Promise<ColumnFacts[]> {
  // Thousands of columns are slow to bind for each type.
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  await duck.run(`CREATE OR REPLACE TEMP TABLE ${part} AS SELECT ${names} FROM ${from}`);
  const facts = new Map<string, ColumnFacts>();
  for (const alike of Map.groupBy(columns, ({ type }) => type).values()) {
    for (const fact of await factsOf(await StackedColumns.of(duck, part, alike))) facts.set(fact.name, fact);
  }
  return columns.map(({ name }) => facts.get(name) as ColumnFacts);
}

interface FirstLook {
  column: TableColumn;
  rows: number;
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

async function factsOf(asked: AskedColumns): Promise<ColumnFacts[]> {
  const first = await asked.ask(firstAggregates);
  const looks = asked.columns.map((column, at) => lookOf(column, first[at] ?? {}));
  const exact = await secondLook(asked, looks);
  return looks.map((look, at) => factOf(look, exact[at] ?? {}));
}

function firstAggregates(column: TableColumn): Record<string, string> {
  const value = valueSql(column);
  const text = `${identifier(column.name)}::VARCHAR`;
  const isNumber = column.kind === 'integer' || column.kind === 'number';
  const isCounted = column.kind !== 'nested' && column.kind !== 'binary';
  return {
    rows: 'count(*)',
    filled: `count(${value})`,
    ...(isCounted && { distinct: `approx_count_distinct(${value})` }),
    ...(isNumber && { min: `min(${value})`, max: `max(${value})` }),
    ...(column.kind === 'text' && {
      shortest: `min(length(${text}))`,
      longest: `max(length(${text}))`,
      ...Object.fromEntries(
        Object.entries(forms).map(([name, form]) => [name, `bool_and(regexp_full_match(${text}, '${form}'))`]),
      ),
    }),
  };
}

function lookOf(column: TableColumn, found: ColumnAnswers): FirstLook {
  const filled = Number(found.filled ?? 0);
  const rows = Number(found.rows ?? 0);
  const distinct = Number(found.distinct ?? 0);
  const form = (Object.keys(forms) as TextForm[]).find((name) => found[name] === true);
  return {
    column,
    rows,
    filled,
    // The count of different values is a guess of some percent.
    isNearlyUnique: filled === rows && distinct > filled * 0.8,
    hasFewValues: column.kind === 'text' && distinct <= mostValues * 1.5,
    ends: [found.min ?? null, found.max ?? null],
    lengths: [found.shortest ?? null, found.longest ?? null],
    form: form ?? null,
  };
}

type Exact = Partial<Pick<ColumnFacts, 'isUnique' | 'values'>>;

/** Counts exactly what the first look showed to be worth it. */
async function secondLook(asked: AskedColumns, looks: readonly FirstLook[]): Promise<Exact[]> {
  const found = await asked.ask((column, at) => ({
    ...(looks[at]?.isNearlyUnique && { distinct: `count(DISTINCT ${valueSql(column)})` }),
    ...(looks[at]?.hasFewValues && { values: `histogram(${identifier(column.name)}::VARCHAR)` }),
  }));
  return looks.map(({ filled }, at) => {
    const { distinct, values } = found[at] ?? {};
    return {
      isUnique: distinct !== undefined && Number(distinct) === filled && filled > 0,
      values: Array.isArray(values) ? values.map(entryOf) : null,
    };
  });
}

/** An entry of a map as DuckDB's JSON has it. */
function entryOf(entry: DuckJson): { value: string; rows: number } {
  const { key, value } = entry as { key: DuckJson; value: DuckJson };
  return { value: String(key), rows: Number(value) };
}

function factOf({ column, rows, filled, ends, lengths, form }: FirstLook, exact: Exact): ColumnFacts {
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
