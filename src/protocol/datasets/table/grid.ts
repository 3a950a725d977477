// Pages of a table as the grid shows them.
import * as z from 'zod';
import type { TableColumn } from '../table-shape';
import { type TableSource, tableSource } from '../table-source';
import type { ColumnHistogram, ValueCount } from './profile';

const column = z.string().max(100_000);
const text = z.string().max(10_000);

/**
 * Which rows are shown, by one column. `contains` looks into the value as it is shown, whatever the case; `range` compares
 * numbers as numbers, times as times and text as text, both ends within, null for no end.
 */
export const gridFilter = z.discriminatedUnion('is', [
  z.object({ is: z.literal('contains'), column, text }),
  z.object({ is: z.literal('equals'), column, text }),
  z.object({ is: z.literal('range'), column, from: text.nullable(), to: text.nullable() }),
  z.object({ is: z.literal('null'), column, not: z.boolean().default(false) }),
  z.object({ is: z.literal('in'), column, values: z.array(text.nullable()).min(1).max(1000) }),
]);
export type GridFilter = z.output<typeof gridFilter>;

/** Nulls come last either way. */
export const gridSort = z.object({ column, descending: z.boolean().default(false) });
export type GridSort = z.output<typeof gridSort>;

const which = {
  source: tableSource,
  /** A row is shown when all say so. */
  filters: z.array(gridFilter).max(100).default([]),
};

/** `columns` null: all. */
export const gridPageQuery = z.object({
  ...which,
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
  sort: z.array(gridSort).max(20).default([]),
  columns: z.array(column).max(10_000).nullable().default(null),
});
export type GridPageQuery = z.output<typeof gridPageQuery>;

export const gridCountQuery = z.object(which);
export type GridCountQuery = z.output<typeof gridCountQuery>;

export const gridHeadQuery = z.object({ source: tableSource, columns: z.array(column).min(1).max(200) });
export type GridHeadQuery = z.output<typeof gridHeadQuery>;

/**
 * A value as it is shown: null is a missing one. Integers, decimals, dates and times have all their digits. A text above
 * 2,000 characters is cut, and ends with `…` then.
 */
export type GridCell = string | null;

/** `row` is its number in the table, from 1, which stays whatever is sorted and filtered. */
export interface GridRow {
  row: number;
  cells: GridCell[];
}

/** `columns` are those of the whole table, or those asked for. */
export interface GridPage {
  columns: TableColumn[];
  rows: GridRow[];
  /** Nothing comes after these rows. */
  isEnd: boolean;
  notes: string[];
}

/** How many rows the table has, and how many of them the filters leave. */
export interface GridCount {
  rows: number;
  matching: number;
}

/** What stands above a column, told from the first rows of a large table. */
export interface GridColumnHead {
  name: string;
  nulls: number;
  /** Null for a column that is no number and no time. */
  histogram: ColumnHistogram | null;
  /** The most frequent, at most 12; empty where hardly any comes twice. */
  top: ValueCount[];
  /** Different values among those rows, without null. */
  distinct: number;
}

/** `rows` is how many rows this was told from. */
export interface GridHeads {
  rows: number;
  isWhole: boolean;
  columns: GridColumnHead[];
}

/** Each throws `not-found` for a column that is not there and `invalid` for a bound that is no value of its column. */
export interface GridQuestions {
  gridPage: { input: GridPageQuery; answer: GridPage; partial: never };
  gridCount: { input: GridCountQuery; answer: GridCount; partial: never };
  gridHeads: { input: GridHeadQuery; answer: GridHeads; partial: never };
  /** One value whole. `row` counts from 1. */
  gridCell: { input: { source: TableSource; row: number; column: string }; answer: GridCell; partial: never };
}
