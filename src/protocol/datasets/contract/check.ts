// How a contract's checks came out on one table.
import type { WireNumber } from '../../number';
import type { CheckSeverity, Place, Scalar } from './contract';

/**
 * `warning`: it fails, and its severity is warning or info. `not checked`: nothing could be said, and `note` says why.
 * `error`: the check itself is wrong, such as a query that does not run.
 */
export type CheckVerdict = 'pass' | 'warning' | 'fail' | 'not checked' | 'error';

/** One check and how it came out. */
export interface CheckResult {
  /** Stays the same for the same check of the same contract: the key by which bad rows are asked for. */
  id: string;
  /** What is checked, in words: `Nulls`, `In set`, `Range`. */
  title: string;
  /** The columns it looks at; none for the whole table. */
  columns: string[];
  severity: CheckSeverity;
  verdict: CheckVerdict;
  /** What is asked for and what there is, in a few words each: `≤ 5 %`, `6.9 %`. */
  expected: string;
  found: string;
  /** The number that was judged, on the scale of the check's threshold; null where the check judges none. */
  value: WireNumber | null;
  /** Rows that break it; null for a check that is about the table as a whole. */
  badRows: number | null;
  /** Some of the values that break it, as text, the most frequent or the first ones. */
  examples: string[];
  /** True when `badRows` can be asked for, row by row. */
  canShowRows: boolean;
  /** What else is to be known, in one sentence; null for nothing. */
  note: string | null;
  /** What the data have, where the contract can be changed to allow it; null where it cannot. */
  observed: Observed | null;
  /** Where it stands in the contract. */
  place: Place;
}

/** What would have to be allowed: the ends of the values, the values that are not in the set, the number itself. */
export interface Observed {
  min: number | string | null;
  max: number | string | null;
  values: Scalar[];
}

/** How many checks came out how. */
export interface CheckCounts {
  pass: number;
  warning: number;
  fail: number;
  notChecked: number;
  error: number;
}

/** `fail`: a check of severity error fails. `error`: a check could not be run, whatever the others say. */
export type ReportVerdict = 'pass' | 'warning' | 'fail' | 'error';

/** A contract's checks on one table, in the order of the contract. */
export interface CheckReport {
  /** The contract by its path as it was named, and the SHA-256 of its text. */
  contract: string;
  digest: string;
  /** The table by the name that the contract has for it. */
  table: string;
  verdict: ReportVerdict;
  /** `1 of 30 checks fails`: what would stand in a review. */
  summary: string;
  counts: CheckCounts;
  rows: number;
  checks: CheckResult[];
  /** How often the table was read, and how long all took in milliseconds. */
  scans: number;
  milliseconds: number;
  /** Epoch milliseconds. */
  time: number;
  /** What was done to read the table, such as a column that was read as text. */
  notes: string[];
  /** Against earlier versions; empty where there are fewer than five, or for a bare file. */
  anomalies: BatchAnomaly[];
}

/** The numbers of a table that are compared from batch to batch; `mean` null for a column without numbers. */
export interface BatchMeasures {
  rows: number;
  columns: { name: string; nulls: number; distinct: number; mean: number | null }[];
}

/** What of a batch is compared with the batches before. */
export type BatchMeasure = 'rows' | 'nulls' | 'distinct' | 'mean';

/** One measure of a version that is far from what earlier versions had. */
export interface BatchAnomaly {
  measure: BatchMeasure;
  /** Null for the number of rows. */
  column: string | null;
  verdict: 'warning' | 'fail';
  value: number;
  /** The middle of the earlier batches, and how many robust standard deviations the value lies from it. */
  median: number;
  distance: WireNumber;
  /** How many batches it was compared with, and whether only those of the same weekday. */
  batches: number;
  sameWeekday: boolean;
  /** `Nulls of arr_delay: 6.9 %, and 0.9 % in the middle of 12 earlier versions`. */
  sentence: string;
  /** True when somebody said that this was expected; it is then no longer judged. */
  isExpected: boolean;
}

/** Rows that break a check, a page of them. `row` counts the table's rows from 1; null for rows that a query made. */
export interface BadRows {
  columns: string[];
  /** What stands in `columns`, as text; null for a null. */
  rows: { row: number | null; values: (string | null)[] }[];
  /** How many there are in all; null where they were not counted. */
  total: number | null;
}
