// What two models did wrong on the same rows, in a few numbers: what a report names of the evidence that a panel shows.
import type { Example } from './example-page';
import type { DrawnCurve, OfBoth } from './prediction-evidence';

/** Rows of one true class that were told another, or the same. */
export interface ErrorCell extends OfBoth<number> {
  truth: string;
  predicted: string;
}

/** Areas of one side for the positive class of two; null where they are not defined, as of one class only. */
export interface ScoreAreas {
  auc: number | null;
  averagePrecision: number | null;
}

/** The curves of one side in few points, one of each of its first models. */
export interface SideCurves {
  roc: DrawnCurve[];
  precisionRecall: DrawnCurve[];
}

/** Of residuals, predicted less true: their mean, and the median and ninetieth percentile of their size. */
export interface ResidualSizes {
  mean: number;
  median: number;
  most: number;
}

/** What does not apply is empty or null. */
export interface ErrorSummary {
  /** Of two classes all four cells of the confusion matrix, of more the errors that differ most. */
  cells: ErrorCell[];
  /** Kinds of errors that are not among them. */
  moreCells: number;
  areas: OfBoth<ScoreAreas | null>;
  /** Null where areas are. */
  curves: OfBoth<SideCurves> | null;
  residuals: OfBoth<ResidualSizes> | null;
  /** The rows that moved most, those that the candidate broke first; without further columns. */
  examples: { flip: 'fixed' | 'broken'; example: Example }[];
}
