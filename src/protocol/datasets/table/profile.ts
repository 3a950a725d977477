// What a table holds, column by column: what `slipway profile` prints and the panel of a dataset shows.
import type { WireInteger, WireNumber } from '../../number';
import type { TableColumn } from '../table-shape';
import type { TableSource } from '../table-source';

/**
 * Bins over a column, left edge within, the last one with both edges; `edges` has one number more than `counts`. Values
 * beyond the edges lie in the outer bins, which are open then. Of dates and times the edges are epoch milliseconds.
 */
export interface ColumnHistogram {
  edges: number[];
  counts: number[];
  isOpenBelow: boolean;
  isOpenAbove: boolean;
}

/** Values at 5, 25, 50, 75 and 95 % of the rows: of numbers between two neighbours in proportion, else one of the values. */
export interface ColumnQuantiles<Value> {
  p05: Value;
  p25: Value;
  p50: Value;
  p75: Value;
  p95: Value;
}

/**
 * Numbers without nulls; NaN counts as null and is also counted in `nans`. Mean, sd (n − 1) and quantiles leave ±infinity
 * out; they are null of a column without a finite number, and sd of one with one.
 */
export interface NumberSummary {
  min: WireInteger | WireNumber;
  max: WireInteger | WireNumber;
  mean: number | null;
  sd: number | null;
  /** Bias-corrected, as of pandas; null below three numbers or where all are the same. */
  skewness: number | null;
  /** One of the values where the column holds whole numbers beyond 2^53. */
  quantiles: ColumnQuantiles<WireInteger> | null;
  zeros: number;
  negatives: number;
  infinite: number;
  nans: number;
}

/** Dates and times as text, as DuckDB writes them. */
export interface TimeSummary {
  min: string;
  max: string;
  quantiles: ColumnQuantiles<string>;
}

/** Lengths in characters. */
export interface TextSummary {
  shortest: number;
  longest: number;
  meanLength: number;
  /** Texts of no character. */
  empty: number;
}

/** A value as text, and how many rows hold it. */
export interface ValueCount {
  value: string;
  rows: number;
}

export type ProfileAlertKind =
  | 'empty'
  | 'constant'
  | 'unique'
  | 'missing'
  | 'zeros'
  | 'infinite'
  | 'skewed'
  | 'imbalanced'
  | 'date as text'
  | 'number as text'
  | 'constant length'
  | 'variants'
  | 'leakage'
  | 'same as'
  | 'duplicates';

/** Something to look at. `text` begins in lower case and stands after the column's name: `22.4 % null`. */
export interface ProfileAlert {
  kind: ProfileAlertKind;
  level: 'info' | 'warning';
  text: string;
}

/** One column. Which of `numbers`, `times` and `texts` is there follows from `kind`; all are null of one without values. */
export interface ProfileColumn extends TableColumn {
  /** Rows without a value, NaN among them. */
  nulls: number;
  /** Different values, without null; exact up to 10,000, beyond that within a few percent. */
  distinct: number;
  isDistinctExact: boolean;
  numbers: NumberSummary | null;
  times: TimeSummary | null;
  texts: TextSummary | null;
  /** Of numbers, dates and timestamps; null of the others and where no finite value is. */
  histogram: ColumnHistogram | null;
  /** Those with most rows first, then by value; at most 20. Empty where more than 10,000 values differ. */
  top: ValueCount[];
  alerts: ProfileAlert[];
}

/** How two columns go together: Pearson and Spearman of numbers, Cramér's V (not corrected for bias) of categories. */
export interface ProfileCorrelation {
  a: string;
  b: string;
  pearson: number | null;
  spearman: number | null;
  cramersV: number | null;
  /** Rows with a value in both. */
  rows: number;
}

/** Pairs of columns. `rows` is how many rows they were computed of: every k-th of a large table. */
export interface ProfileCorrelations {
  rows: number;
  isSample: boolean;
  /** Columns that were not compared because there are too many. */
  leftOut: number;
  pairs: ProfileCorrelation[];
}

/** The whole table. */
export interface Profile {
  rows: number;
  bytes: number;
  columns: ProfileColumn[];
  /** Rows that have occurred before, whole; null where a column cannot be compared. */
  duplicateRows: number | null;
  correlations: ProfileCorrelations;
  /** Of the table, not of a column. */
  alerts: ProfileAlert[];
  /** The column to be predicted, if one was named. */
  label: string | null;
  /** Sentences about what was done to read it. */
  notes: string[];
}

/** What is known so far. `columns` are those that are new since the last one, without alerts that need other columns. */
export interface ProfilePart {
  rows: number;
  columnCount: number;
  columns: ProfileColumn[];
}

/** `label` names the column to be predicted; throws `not-found` for one that is not there. */
export interface ProfileQuestions {
  profile: { input: { source: TableSource; label: string | null }; answer: Profile; partial: ProfilePart };
}
