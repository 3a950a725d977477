// A whole table through a model.
import type { TableSource } from '../datasets/table-source';
import type { WireNumber } from '../number';
import type { OutputValue } from './prediction';

/** `path` and `output` are absolute; the ending of `output` (.parquet, .csv, .jsonl) decides its format. */
export interface BatchQuery {
  path: string;
  source: TableSource;
  output: string;
  /** Columns that go into the output and not into the model: what names a row (its number where null), what is true, and slices. */
  id: string | null;
  label: string | null;
  slices: string[];
  /** The columns that are inputs, in their order; where nothing is said those the model's metadata name, else all that are left. */
  features?: string[] | null;
}

/** What came of it. */
export interface BatchResult {
  rows: number;
  output: string;
  /** The output's columns. */
  columns: string[];
  /** By the names that scikit-learn uses; empty without a label. NaN where one has no value. */
  metrics: Record<string, WireNumber>;
  /** Null without a label, or where none of what was told can be held against it. */
  judged: JudgedRows | null;
  notes: string[];
  /** What the model answered to all rows, while they are few; else null. */
  answer: { outputs: Record<string, OutputValue>; labels: Record<string, (string | number)[]> } | null;
  /** Of the model's runs alone, and of everything. */
  runMilliseconds: number;
  milliseconds: number;
}

/** What was held against what is true. */
export interface JudgedRows {
  /** `probabilities`: of the class 1, told as `score`. */
  kind: 'classes' | 'numbers' | 'probabilities';
  /** Rows that have a true value. */
  rows: number;
  /** In their order, the positive one of two second; empty of numbers. */
  classes: string[];
  /** 95 % by metric; null where there are too few rows. `units` rows, or random groups of rows, were resampled `draws` times. */
  intervals: Record<string, [WireNumber, WireNumber] | null>;
  units: number;
  draws: number;
  /** Null of numbers, and where no class was told. */
  matrix: JudgedMatrix | null;
}

/** Counts, a row for each true class, one after the other; the last class stands for `pooled` rarer ones where there are some. */
export interface JudgedMatrix {
  classes: string[];
  pooled: number;
  cells: number[];
  errors: number;
}

/** A table and conditions over its rows, which are SQL. `path` names the process that looks. */
export interface ConditionsQuery {
  path: string;
  source: TableSource;
  conditions: string[];
}

/** What a table has. `faults`: by condition why it cannot be used, null where it can. */
export interface TableParts {
  columns: string[];
  faults: (string | null)[];
}

/** `batch` throws `invalid` with the column or row that does not fit; cancelled or failed, it leaves no output. */
export interface BatchQuestions {
  batch: { input: BatchQuery; answer: BatchResult; partial: never };
  tableParts: { input: ConditionsQuery; answer: TableParts; partial: never };
}
