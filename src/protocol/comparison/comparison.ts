// What a comparison says: to the CLI, to panels, and to whoever reads its JSON.
import type { MetricDirection } from '../run';
import type { ErrorSummary } from './evidence/error-summary';

/** Of the candidate against the baseline. */
export type Verdict = 'better' | 'worse' | 'cannot tell';

/** One metric of both, the difference (candidate less baseline) with its interval, and how it was judged. */
export interface ComparedMetric {
  metric: string;
  direction: MetricDirection;
  /** Null where there is no value, as of one class only. */
  baseline: number | null;
  candidate: number | null;
  effect: number | null;
  /** 95 %; null where nothing can be said of the noise. */
  interval: [number, number] | null;
  /** Two-sided; after Holm's correction for all metrics that were judged together. */
  p: number | null;
  rawP: number | null;
  test: string;
  /** How many of `unit` there are: rows, days, seeds. */
  n: number;
  unit: string;
  verdict: Verdict;
  /** So many units would tell a difference of this size with a chance of 80 %; null where that is not known. */
  needs: number | null;
  /** Why nothing can be decided; null where something can. */
  why: string | null;
  /** How repeats lie; left out of single runs. */
  seeds?: SeedNoise;
}

/**
 * The values of all runs of both sides. Paired by seed, `differences` are in their order, `agree` is how many have the sign
 * of their mean, and `signP` the p of the sign-flip test; null where nothing pairs. `error`: the standard error that the choice of seeds
 * gives the difference, null where it is not known; `needs`: with so many repeats of each the difference would be told on these rows, null where that is not known.
 */
export interface SeedNoise {
  baseline: number[];
  candidate: number[];
  differences: number[] | null;
  error: number | null;
  agree: number | null;
  signP: number | null;
  needs?: number | null;
}

/** How the reason begins why a metric was left unjudged beside others. */
export const notJudged = 'Not judged';

/** A column whose values could be what is resampled, and how many there are. */
export interface UnitChoice {
  column: string;
  values: number;
}

/**
 * The rows that were judged. `leftOut*`: paired rows without a prediction, by whose it is, `silent` where only the
 * candidate's lacks; `unknown` without a truth.
 */
export interface JudgedRows {
  judged: number;
  onlyBaseline: number;
  onlyCandidate: number;
  leftOutBaseline: number;
  leftOutCandidate: number;
  unknown: number;
  silent: number;
  /** Null: every row by itself. */
  unit: string | null;
  units: number;
  /** Judged rows without a value of `unit`; each is a unit by itself. */
  withoutUnit: number;
  /** Resamples that the intervals were made of. */
  draws: number;
  unitChoices: UnitChoice[];
}

/** Rows that only one of the two has right, or tells nearer where they are numbers; the ids are examples. */
export interface Flips {
  of: 'classes' | 'numbers';
  fixed: number;
  broken: number;
  fixedIds: string[];
  brokenIds: string[];
}

/** One metric within the rows that have one value of one column. */
export interface SliceResult extends ComparedMetric {
  column: string;
  value: string;
  rows: number;
}

/** What per-example predictions of two models say. `cautions` are sentences. */
export interface PredictionComparison {
  metrics: ComparedMetric[];
  rows: JudgedRows;
  flips: Flips | null;
  errors: ErrorSummary | null;
  /** The slices on which the first metric fell most, worst first. */
  slices: SliceResult[];
  cautions: string[];
}

/** Something in which two runs differ; null where one of them has nothing of it. */
export interface Difference {
  what: 'param' | 'data' | 'code' | 'package' | 'command' | 'input';
  name: string;
  baseline: string | null;
  candidate: string | null;
}

/** Something that two runs have alike. */
export interface Sameness {
  what: Difference['what'];
  name: string;
  value: string;
}

/** Whether the two may be compared: one question and its answer. */
export interface Comparability {
  question: 'data version' | 'metric definition' | 'evaluation set';
  answer: 'same' | 'differs' | 'not known';
  why: string;
}

/** What one of the two cost, or how large it is; the median over repeats, null where it is not known. */
export interface Cost {
  what: 'time' | 'peak memory' | 'model size';
  unit: 'ms' | 'B';
  baseline: number | null;
  candidate: number | null;
}

/** One side: a file, or a run with its repeats. */
export interface ComparedSide {
  name: string;
  runs: { runId: string; name: string }[];
  /** Finished runs of the same experiment that differ from these in their seed or fold alone, and were not named. */
  repeats: { runId: string; name: string }[];
}

/**
 * One candidate against the baseline. `support` are sentences that say what the verdict rests on; `notes` those of them
 * that no table says: what stands against a verdict, and how the intervals were made.
 */
export interface CandidateComparison {
  candidate: ComparedSide;
  /** Ids of the runs that count, in one order where they pair; empty where files are compared. */
  judged: { baseline: string[]; candidate: string[] };
  verdict: Verdict;
  sentence: string;
  support: string[];
  notes: string[];
  changes: Difference[];
  /** How many more there are than `changes` lists. */
  moreChanges: number;
  /** What both have alike, and how much more of that there is. */
  same: Sameness[];
  moreSame: number;
  comparable: Comparability[];
  /** Empty where nothing is known of either. */
  costs: Cost[];
  metrics: ComparedMetric[];
  predictions: Omit<PredictionComparison, 'metrics'> | null;
}

/**
 * The whole answer; `verdict` is over all candidates: worse if any is, better if all are. `seedNames` are the
 * params in which repeats differ.
 */
export interface Comparison {
  verdict: Verdict;
  sentence: string;
  baseline: ComparedSide;
  candidates: CandidateComparison[];
  seedNames: string[];
  /** Names of compared runs that are in the trash; left out where files are compared. */
  inTrash?: string[];
}
