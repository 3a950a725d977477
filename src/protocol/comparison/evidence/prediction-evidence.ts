// What per-example predictions of two models show: where they err, how they rank, how sure they are.

/** Something of both sides. */
export interface OfBoth<T> {
  baseline: T;
  candidate: T;
}

/** Counts of the same rows by true (rows) and told class (columns), one row after the other; of repeats the means of their counts. */
export interface LabelMatrices extends OfBoth<number[]> {
  /** The classes in their order; behind them, when `pooled` is above 0, one more for that many rarer ones. */
  classes: string[];
  pooled: number;
  /** Rows whose class is not the true one, those among the rarer classes too. */
  errors: OfBoth<number>;
  /** Where the labels come from: a column of their own, or read off the scores. */
  from: OfBoth<'y_pred' | 'score'>;
}

/** For each threshold, rising, rows with at least that score: positive (`hits`) and not (`alarms`). */
export interface ThresholdCounts extends OfBoth<{ hits: number[]; alarms: number[] }> {
  thresholds: number[];
  positives: number;
  negatives: number;
}

/** A curve in few points, each of them exact; `points` is how many it has in all. */
export interface DrawnCurve {
  x: number[];
  y: number[];
  points: number;
}

/** Rows of about one score: mean score, share of positive ones, its Wilson interval (95 %). */
export interface ReliabilityBin {
  score: number;
  share: number;
  low: number;
  high: number;
  rows: number;
}

/** What the scores of one model show; a value is null where it is not defined, as of one class only. */
export interface ScoreEvidence {
  roc: DrawnCurve | null;
  precisionRecall: DrawnCurve | null;
  auc: number | null;
  averagePrecision: number | null;
  /** Null where scores are no chances between 0 and 1. */
  reliability: { bins: ReliabilityBin[]; error: number; brier: number } | null;
}

/**
 * Of classes. `positive` against the rest is what the scores are judged for; `positives` is how many rows are of it.
 * `models` is how many each side has, `scores` what those of each show, the first twenty; none without scores.
 */
export interface ClassEvidence {
  kind: 'classes';
  rows: number;
  models: OfBoth<number>;
  classes: string[];
  positive: string;
  positives: number;
  matrices: LabelMatrices | null;
  thresholds: ThresholdCounts | null;
  scores: OfBoth<ScoreEvidence[]>;
}

/** Of the predictions for rows of about one true value: the median, and the tenth and ninetieth percentile. */
export interface SpreadBin extends OfBoth<{ low: number; median: number; high: number }> {
  truth: number;
  rows: number;
}

/** Residuals (predicted less true) counted between `edges`; those beyond the ends count in the outermost. */
export interface ResidualCounts extends OfBoth<number[]> {
  edges: number[];
}

/** Of numbers. `bias` is the mean residual. */
export interface NumberEvidence {
  kind: 'numbers';
  rows: number;
  spread: SpreadBin[];
  residuals: ResidualCounts;
  bias: OfBoth<number>;
}

/** Null where one of the two has no predictions. `problem`: why they could not be read. */
export type PredictionEvidence = ClassEvidence | NumberEvidence | { kind: 'none'; problem: string | null };
