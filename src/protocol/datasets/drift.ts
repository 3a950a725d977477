// Drift of a batch from its reference: what may be asked, and what is answered, column by column.
import * as z from 'zod';
import type { WireNumber } from '../number';
import type { TableSource } from './table-source';

/** `evidently`: the defaults of Evidently's DataDriftPreset, exactly. `slipway`: the same question with its faults corrected. */
export const driftPresets = ['slipway', 'evidently'] as const;
export type DriftPreset = (typeof driftPresets)[number];

/** The names by which Evidently's configurations call the methods, so that they can be carried over. */
export const driftMethods = [
  'ks',
  'wasserstein',
  'psi',
  'jensenshannon',
  'kl_div',
  'hellinger',
  'chisquare',
  'z',
  't_test',
  'mannw',
  'es',
  'anderson',
  'cramer_von_mises',
  'ed',
  'TVD',
  'fisher_exact',
  'g_test',
  'empirical_mmd',
] as const;
export type DriftMethod = (typeof driftMethods)[number];

/** How text is judged: no method of Evidently's can be had again, since its own are random. */
export const textMethod = 'own method: domain classifier';

/** How it is asked. `method` and `threshold` hold for every column that the method can judge. */
export const driftOptions = z.object({
  preset: z.enum(driftPresets).default('slipway'),
  columns: z.array(z.string().min(1)).min(1).nullable().default(null),
  method: z.enum(driftMethods).nullable().default(null),
  threshold: z.number().min(0).nullable().default(null),
  /** The declared key of the dataset, which the preset `slipway` judges only where `columns` names it. */
  keys: z.array(z.string().min(1)).default([]),
  /** Level of the tests and of the noise, of the preset `slipway`. */
  alpha: z.number().gt(0).lt(1).default(0.05),
});
export type DriftOptions = z.output<typeof driftOptions>;

/** `too small to tell` is told by the preset `slipway` only. */
export type DriftVerdict = 'drift' | 'no drift' | 'too small to tell';

/** What a column's values are taken for. */
export type DriftKind = 'numerical' | 'categorical' | 'text';

/** Rows of the column on either side, nulls (and ±inf, NaN) among them. */
export interface NullCounts {
  rows: number;
  nulls: number;
}

/** One column of the batch against the same of its reference. */
export interface DriftColumn {
  column: string;
  kind: DriftKind;
  /** One of `driftMethods`, or `textMethod`. */
  method: string;
  /** The number of the method: of a test its p, else how far the column moved. */
  score: WireNumber;
  /** Whether a small score means drift, as of a test. */
  isTest: boolean;
  /** Before, and after Benjamini and Hochberg's correction for all columns of the batch; null where the preset has no test. */
  pValue: number | null;
  pAdjusted: number | null;
  threshold: number;
  /** How far samples of this size move without drift, at 1 − alpha; null for a test. On the scale of `score`. */
  noise: number | null;
  verdict: DriftVerdict;
  reference: NullCounts;
  current: NullCounts;
}

/** A column that was not judged, and why, as the rest of a sentence that begins with its name. */
export interface SkippedColumn {
  column: string;
  reason: string;
  /** Whether the reference has it and the current table has not, or holds values of another kind: no verdict leaves that out. */
  isLost: boolean;
}

/** `drifted` and `columns` are counts, `share` is their quotient; 0 of none. */
export interface DatasetDrift {
  drifted: number;
  columns: number;
  share: number;
  verdict: DriftVerdict;
}

/** In the order of the columns of the current table. */
export interface Drift {
  preset: DriftPreset;
  alpha: number;
  columns: DriftColumn[];
  skipped: SkippedColumn[];
  dataset: DatasetDrift;
}

/** Equal bins over both sides. `edges` has one number more than each of the counts; far values lie in the outer bins. */
export interface HistogramPair {
  edges: number[];
  reference: number[];
  current: number[];
  /** Whether values lie beyond the first and the last edge: those bins are open. */
  isOpenBelow: boolean;
  isOpenAbove: boolean;
}

/** Shares of rows at most `x`, at common places; `x` ascends. */
export interface CumulativePair {
  x: number[];
  reference: number[];
  current: number[];
}

/** Where the two shares of rows at most `x` lie furthest apart; `distance` is Kolmogorov and Smirnov's D. */
export interface LargestGap {
  x: number;
  reference: number;
  current: number;
  distance: number;
}

/** Five places of a column's values. */
export interface Quantiles {
  p05: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

/** What a panel draws of a column of numbers; without nulls. Null where one side has no number. */
export interface DriftNumbers {
  histogram: HistogramPair;
  cumulative: CumulativePair;
  gap: LargestGap;
  quantiles: { reference: Quantiles; current: Quantiles };
}

/** Rows that hold a value, on either side. */
export interface CategoryPair {
  value: string;
  reference: number;
  current: number;
}

/** What a panel draws of a column of categories, without nulls: those with most rows first, the rest as one. */
export interface DriftCategories {
  values: CategoryPair[];
  /** All other values together, and how many they are. */
  others: { values: number; reference: number; current: number };
  /** The value whose share moved most; null of a column without values. */
  moved: CategoryPair | null;
}

/** What a panel draws of one column, by its name. Of text both are null. */
export interface DriftColumnDetail {
  column: string;
  /** The shares of rows without a value that is drawn, 0 to 1: nulls, NaN and infinities. */
  missing: { reference: number; current: number };
  numbers: DriftNumbers | null;
  categories: DriftCategories | null;
}

/** `driftColumn` is what a panel draws of one column; the preset decides what its values are taken for. */
export interface DriftQuestions {
  drift: {
    input: { reference: TableSource; current: TableSource; options: DriftOptions };
    answer: Drift;
    partial: never;
  };
  driftColumn: {
    input: { reference: TableSource; current: TableSource; column: string; preset: DriftPreset };
    answer: DriftColumnDetail;
    partial: never;
  };
}
