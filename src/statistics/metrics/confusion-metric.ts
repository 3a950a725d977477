// Metrics of predicted labels: all of them are read from the confusion matrix.
import type { RowUnits, WeightedMetric } from './weighted-metric';

/** `truth` and `predicted` are numbers of classes from 0 on; the positive class of two is 1. */
export interface LabelledRows {
  truth: Int32Array;
  predicted: Int32Array;
  classes: number;
  units: RowUnits;
}

/** Reads a metric from a matrix of `classes` rows of truth and as many columns of predictions, one row after the other. */
export type ConfusionFormula = (matrix: Float64Array, classes: readonly number[], size: number) => number;

/**
 * One such metric. Classes that appear neither as truth nor as prediction are no part of a mean over classes. Rows of one
 * unit and one cell of the matrix are counted once, so that resampling costs as much as there are such groups.
 */
export class ConfusionMetric implements WeightedMetric {
  readonly #cells: Int32Array;
  readonly #units: Int32Array;
  readonly #counts: Float64Array;
  readonly #size: number;
  readonly #present: number[];
  readonly #matrix: Float64Array;
  readonly #formula: ConfusionFormula;

  constructor({ truth, predicted, classes, units }: LabelledRows, formula: ConfusionFormula) {
    const groups = new Map<number, number>();
    for (const [row, label] of truth.entries()) {
      const group = (units.of[row] ?? 0) * classes * classes + label * classes + (predicted[row] ?? 0);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    this.#cells = Int32Array.from(groups.keys(), (group) => group % (classes * classes));
    this.#units = Int32Array.from(groups.keys(), (group) => Math.floor(group / (classes * classes)));
    this.#counts = Float64Array.from(groups.values());
    this.#size = classes;
    const seen = new Set<number>([...new Set(truth), ...new Set(predicted)]);
    this.#present = Array.from({ length: classes }, (_, label) => label).filter((label) => seen.has(label));
    this.#matrix = new Float64Array(classes * classes);
    this.#formula = formula;
  }

  value(weights: ArrayLike<number>): number {
    const matrix = this.#matrix.fill(0);
    for (let group = 0; group < this.#cells.length; group += 1) {
      const cell = this.#cells[group] ?? 0;
      matrix[cell] = (matrix[cell] ?? 0) + (this.#counts[group] ?? 0) * (weights[this.#units[group] ?? 0] ?? 0);
    }
    return this.#formula(matrix, this.#present, this.#size);
  }
}

/** The share of rows that are right. */
export const accuracy: ConfusionFormula = (matrix, _classes, size) => {
  let right = 0;
  let all = 0;
  for (let cell = 0; cell < matrix.length; cell += 1) {
    all += matrix[cell] ?? 0;
    if (cell % (size + 1) === 0) right += matrix[cell] ?? 0;
  }
  return right / all;
};

/** The mean recall of the classes that are there. */
export const balancedAccuracy: ConfusionFormula = (matrix, classes, size) => {
  const there = classes.map((label) => countsOf(matrix, label, size)).filter(({ actual }) => actual > 0);
  return meanOf(there.map(({ hit, actual }) => hit / actual));
};

/** A formula of the positive class of two. */
export function ofPositive(score: (counts: ClassCounts) => number): ConfusionFormula {
  return (matrix, _classes, size) => score(countsOf(matrix, 1, size));
}

/** The unweighted mean over classes. */
export function overClasses(score: (counts: ClassCounts) => number): ConfusionFormula {
  return (matrix, classes, size) => meanOf(classes.map((label) => score(countsOf(matrix, label, size))));
}

/** How often a class was told rightly, was there, and was told. */
export interface ClassCounts {
  hit: number;
  actual: number;
  told: number;
}

/** 0 where the class was never told, as scikit-learn has it. */
export function precision({ hit, told }: ClassCounts): number {
  return told === 0 ? 0 : hit / told;
}

/** 0 where the class is never there, as scikit-learn has it. */
export function recall({ hit, actual }: ClassCounts): number {
  return actual === 0 ? 0 : hit / actual;
}

/** The harmonic mean of precision and recall. */
export function f1({ hit, actual, told }: ClassCounts): number {
  return actual + told === 0 ? 0 : (2 * hit) / (actual + told);
}

function countsOf(matrix: Float64Array, label: number, size: number): ClassCounts {
  let actual = 0;
  let told = 0;
  for (let other = 0; other < size; other += 1) {
    actual += matrix[label * size + other] ?? 0;
    told += matrix[other * size + label] ?? 0;
  }
  return { hit: matrix[label * size + label] ?? 0, actual, told };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
