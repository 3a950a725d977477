// The metrics of per-example predictions, by name.

import type { MetricName } from '../../base/metric-names';
import { CalibrationError } from './calibration-error';
import { ClusteredRocAuc } from './clustered-roc-auc';
import {
  accuracy,
  balancedAccuracy,
  type ConfusionFormula,
  ConfusionMetric,
  f1,
  ofPositive,
  overClasses,
  precision,
  recall,
} from './confusion-metric';
import { AveragePrecision, MeanOfMetrics, RocAuc, type ScoredRows } from './ranked-metric';
import { meanMetric, type NumberRows, r2Metric } from './summed-metric';
import type { RowUnits, WeightedMetric } from './weighted-metric';

/** What one model says of rows with a class: labels, and a probability per class (rows of one class after the other). */
export interface ClassRows {
  truth: Int32Array;
  classes: number;
  units: RowUnits;
  predicted: Int32Array | undefined;
  /** One per class; of two classes the second alone is enough. */
  scores: readonly (Float64Array | undefined)[] | undefined;
}

/** Which way is better, and how it is made of rows; `binary` metrics know a positive class. */
export type PredictionMetric = { direction: 'up' | 'down' } & (
  | { needs: 'labels'; binary: boolean; formula: ConfusionFormula }
  | { needs: 'scores'; binary: boolean; make: (rows: ClassRows) => WeightedMetric }
  | { needs: 'numbers'; binary: false; make: (rows: NumberRows) => WeightedMetric }
);

const labels = (formula: ConfusionFormula, binary = false): PredictionMetric => ({
  direction: 'up',
  needs: 'labels',
  binary,
  formula,
});

/** By the names that scikit-learn uses. */
export const predictionMetrics: Readonly<Record<string, PredictionMetric>> = {
  accuracy: labels(accuracy),
  balanced_accuracy: labels(balancedAccuracy),
  precision: labels(ofPositive(precision), true),
  recall: labels(ofPositive(recall), true),
  f1: labels(ofPositive(f1), true),
  precision_macro: labels(overClasses(precision)),
  recall_macro: labels(overClasses(recall)),
  f1_macro: labels(overClasses(f1)),
  roc_auc: { direction: 'up', needs: 'scores', binary: false, make: rocAuc },
  average_precision: {
    direction: 'up',
    needs: 'scores',
    binary: true,
    make: (rows) => new AveragePrecision(scored(rows, 1)),
  },
  log_loss: { direction: 'down', needs: 'scores', binary: false, make: logLoss },
  brier: { direction: 'down', needs: 'scores', binary: false, make: brier },
  /** Of ten bins of one width. */
  ece: { direction: 'down', needs: 'scores', binary: true, make: (rows) => new CalibrationError(scored(rows, 1)) },
  rmse: { direction: 'down', needs: 'numbers', binary: false, make: (rows) => meanError(rows, square, Math.sqrt) },
  mse: { direction: 'down', needs: 'numbers', binary: false, make: (rows) => meanError(rows, square) },
  mae: { direction: 'down', needs: 'numbers', binary: false, make: (rows) => meanError(rows, Math.abs) },
  r2: { direction: 'up', needs: 'numbers', binary: false, make: r2Metric },
} satisfies Record<MetricName, PredictionMetric>;

/** A metric of labels for rows that have them. */
export function labelMetric(rows: ClassRows & { predicted: Int32Array }, formula: ConfusionFormula): WeightedMetric {
  return new ConfusionMetric(rows, formula);
}

function scored({ truth, scores, units }: ClassRows, label: number): ScoredRows {
  const positive = truth.map((each) => (each === label ? 1 : 0));
  return { positive, score: scores?.[label] ?? new Float64Array(truth.length), units };
}

function rocAucOf(rows: ScoredRows): WeightedMetric {
  return rows.units.count ** 2 <= 4 * rows.score.length ? new ClusteredRocAuc(rows) : new RocAuc(rows);
}

/** Of more than two classes: each against the rest, and their mean. */
function rocAuc(rows: ClassRows): WeightedMetric {
  if (rows.classes === 2) return rocAucOf(scored(rows, 1));
  return new MeanOfMetrics(Array.from({ length: rows.classes }, (_, label) => rocAucOf(scored(rows, label))));
}

/** The probability given to class `label` in `row`. */
function chance({ scores, classes }: ClassRows, row: number, label: number): number {
  if (classes === 2) return label === 1 ? (scores?.[1]?.[row] ?? 0) : 1 - (scores?.[1]?.[row] ?? 0);
  return scores?.[label]?.[row] ?? 0;
}

function logLoss(rows: ClassRows): WeightedMetric {
  const least = Number.EPSILON;
  const losses = Float64Array.from(rows.truth, (label, row) => {
    const given = chance(rows, row, label);
    return -Math.log(Math.min(1 - least, Math.max(least, given)));
  });
  return meanMetric(losses, rows.units);
}

/** Of more than two classes the squares are summed over all of them. */
function brier(rows: ClassRows): WeightedMetric {
  const first = rows.classes === 2 ? 1 : 0;
  const squares = Float64Array.from(rows.truth, (label, row) => {
    let sum = 0;
    for (let each = first; each < rows.classes; each += 1)
      sum += (chance(rows, row, each) - (each === label ? 1 : 0)) ** 2;
    return sum;
  });
  return meanMetric(squares, rows.units);
}

function meanError(
  { truth, predicted, units }: NumberRows,
  size: (error: number) => number,
  of?: (mean: number) => number,
): WeightedMetric {
  const errors = Float64Array.from(truth, (value, row) => size(value - (predicted[row] ?? 0)));
  return meanMetric(errors, units, of);
}

function square(value: number): number {
  return value * value;
}
