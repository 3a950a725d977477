// What is usual in each column of a table: what a person who fills in a row wants to know of it.
import type { ColumnKind } from '../table-shape';
import type { TableSource } from '../table-source';

/**
 * One column. `least`, `most` and `middle` (the median) are of numbers, dates and times, as text with every digit; null
 * where there is no finite value. `values`: the most frequent first, all of them where no more than `mostKnownValues`
 * differ, else none. `written`: one of the dates or times as the file has it, null where its files know types.
 */
export interface ColumnFacts {
  name: string;
  kind: ColumnKind;
  /** The share of rows without a value, from 0 to 1. */
  missing: number;
  least: string | null;
  most: string | null;
  middle: string | null;
  values: string[];
  written: string | null;
}

export const mostKnownValues = 1000;

/** Of the first rows: `isWhole` is false where there are more. */
export interface TableFacts {
  rows: number;
  isWhole: boolean;
  columns: ColumnFacts[];
}

/** Of the first 200 columns. */
export interface FactsQuestions {
  columnFacts: { input: { source: TableSource }; answer: TableFacts; partial: never };
}
