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
}

/** What came of it. */
export interface BatchResult {
  rows: number;
  output: string;
  /** The output's columns. */
  columns: string[];
  /** By the names that scikit-learn uses; empty without a label. NaN where one has no value. */
  metrics: Record<string, WireNumber>;
  notes: string[];
  /** What the model answered to all rows, while they are few; else null. */
  answer: { outputs: Record<string, OutputValue>; labels: Record<string, (string | number)[]> } | null;
  /** Of the model's runs alone, and of everything. */
  runMilliseconds: number;
  milliseconds: number;
}

/** Throws `invalid` with the column or row that does not fit; cancelled or failed, it leaves no output. */
export interface BatchQuestions {
  batch: { input: BatchQuery; answer: BatchResult; partial: never };
}
