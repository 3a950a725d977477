// Two tables row by row: by their ids where both have one, else by their order.
import type { OfBoth } from './prediction-evidence';

/** A row of both; `row` counts from 1, null where a side has no such row. Cells by the page's columns, shortened. */
export interface RowPair extends OfBoth<{ row: number; cells: (string | null)[] } | null> {
  /** Places of columns in which they differ. */
  differs: number[];
}

/** One page. `key`: the column that rows were paired by; null for their order. */
export interface TablePage {
  columns: string[];
  /** Columns beyond those that are shown. */
  moreColumns: number;
  /** Columns that only one of the two has. */
  only: OfBoth<string[]>;
  key: string | null;
  rows: OfBoth<number>;
  differing: number;
  /** Rows that can be paged through. */
  total: number;
  items: RowPair[];
}
