// What differs between two tables: their columns, their rows, and the numbers of each column.
import * as z from 'zod';
import type { TableColumn } from '../table-shape';
import { tableSource } from '../table-source';
import type { GridCell } from './grid';
import type { ColumnQuantiles } from './profile';

const names = z.array(z.string().max(100_000)).max(100);

/** `key` names the columns that tell rows apart; empty: rows are compared whole. */
export const tableDiffQuery = z.object({ before: tableSource, after: tableSource, key: names.default([]) });
export type TableDiffQuery = z.output<typeof tableDiffQuery>;

/** `column` narrows changed rows to those in which it differs. */
export const diffRowsQuery = tableDiffQuery.extend({
  which: z.enum(['added', 'removed', 'changed']),
  column: z.string().max(100_000).nullable().default(null),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(50),
});
export type DiffRowsQuery = z.output<typeof diffRowsQuery>;

/** A column on both sides with another type. */
export interface RetypedColumn {
  name: string;
  before: TableColumn;
  after: TableColumn;
}

/** Columns by name. `isReordered`: those on both sides stand in another order. */
export interface SchemaDiff {
  added: TableColumn[];
  removed: TableColumn[];
  retyped: RetypedColumn[];
  isReordered: boolean;
}

/**
 * Rows by key, over the columns that both sides have; without a key a row counts as often as it occurs, and nothing is
 * `changed`. Null keys are a key like any other.
 */
export interface RowsDiff {
  key: string[];
  before: number;
  after: number;
  added: number;
  removed: number;
  changed: number;
  same: number;
  /** Rows left out because their key occurs more than once on a side; such a key is left out on both. */
  ambiguous: { before: number; after: number };
  /** In how many rows each column differs, the most first; only columns that do. */
  columns: { name: string; rows: number }[];
}

/** Numbers of one column on one side; null where there are none. */
export interface ColumnNumbers {
  nulls: number;
  distinct: number;
  isDistinctExact: boolean;
  mean: number | null;
  quantiles: ColumnQuantiles<number> | null;
}

/** One column side by side; null on the side that has it not. */
export interface ColumnDiff {
  name: string;
  before: ColumnNumbers | null;
  after: ColumnNumbers | null;
}

/** `notes` are sentences about what was done to read and compare them. */
export interface TableDiff {
  schema: SchemaDiff;
  rows: RowsDiff;
  /** The first few rows of each kind; more by `diffRows`. */
  examples: DiffExamples;
  columns: ColumnDiff[];
  notes: string[];
}

/** One row as it is on either side, in the columns of `DiffRowsPage`; null on the side that has it not. */
export interface DiffRow {
  before: GridCell[] | null;
  after: GridCell[] | null;
  /** Which columns differ, by name; empty for added and removed rows. */
  changed: string[];
  /** How often it was added or removed; 1 by key. */
  times: number;
}

/** In the columns of `DiffRowsPage`. */
export interface DiffExamples {
  columns: string[];
  added: DiffRow[];
  removed: DiffRow[];
  changed: DiffRow[];
}

/** Key columns first. */
export interface DiffRowsPage {
  columns: TableColumn[];
  rows: DiffRow[];
  isEnd: boolean;
}

/** Both throw `not-found` for a key column that a side has not. */
export interface DiffQuestions {
  diff: { input: TableDiffQuery; answer: TableDiff; partial: never };
  diffRows: { input: DiffRowsQuery; answer: DiffRowsPage; partial: never };
}
