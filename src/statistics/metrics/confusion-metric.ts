// Metrics of predicted labels: all of them are read from how often each class was there, was told, and was told rightly.
import type { RowUnits, WeightedMetric } from './weighted-metric';

/** `truth` and `predicted` are numbers of classes from 0 on; the positive class of two is 1. */
export interface LabelledRows {
  truth: Int32Array;
  predicted: Int32Array;
  classes: number;
  units: RowUnits;
}

/** Counts by class: the diagonal of the confusion matrix, and the sums of its rows and columns. */
interface LabelCounts {
  hit: Float64Array;
  actual: Float64Array;
  told: Float64Array;
}

/** Reads a metric from the counts of all classes; `classes` are those that are there. */
export type ConfusionFormula = (counts: LabelCounts, classes: readonly number[]) => number;

/**
 * One such metric. Classes that appear neither as truth nor as prediction are no part of a mean over classes. Rows of one
 * unit, truth and prediction are counted once, so that resampling costs as much as there are such groups, however many
 * classes there are.
 */
export class ConfusionMetric implements WeightedMetric {
  readonly #truth: Int32Array;
  readonly #predicted: Int32Array;
  readonly #units: Int32Array;
  readonly #rows: Float64Array;
  readonly #present: number[];
  readonly #counts: LabelCounts;
  readonly #formula: ConfusionFormula;

  constructor({ truth, predicted, classes, units }: LabelledRows, formula: ConfusionFormula) {
    const groups = new Map<number, number>();
    for (const [row, label] of truth.entries()) {
      const group = (units.of[row] ?? 0) * classes * classes + label * classes + (predicted[row] ?? 0);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    this.#truth = Int32Array.from(groups.keys(), (group) => Math.floor(group / classes) % classes);
    this.#predicted = Int32Array.from(groups.keys(), (group) => group % classes);
    this.#units = Int32Array.from(groups.keys(), (group) => Math.floor(group / (classes * classes)));
    this.#rows = Float64Array.from(groups.values());
    const seen = new Set<number>([...new Set(truth), ...new Set(predicted)]);
    this.#present = Array.from({ length: classes }, (_, label) => label).filter((label) => seen.has(label));
    const none = (): Float64Array => new Float64Array(classes);
    this.#counts = { hit: none(), actual: none(), told: none() };
    this.#formula = formula;
  }

  value(weights: ArrayLike<number>): number {
    const { hit, actual, told } = this.#counts;
    hit.fill(0);
    actual.fill(0);
    told.fill(0);
    // As plain locals: this is where the time of a resampling goes.
    const [truth, predicted, units, rows] = [this.#truth, this.#predicted, this.#units, this.#rows];
    for (let group = 0; group < rows.length; group += 1) {
      const count = (rows[group] as number) * (weights[units[group] as number] as number);
      const label = truth[group] as number;
      const other = predicted[group] as number;
      actual[label] = (actual[label] as number) + count;
      told[other] = (told[other] as number) + count;
      if (label === other) hit[label] = (hit[label] as number) + count;
    }
    return this.#formula(this.#counts, this.#present);
  }
}

/** The share of rows that are right. */
export const accuracy: ConfusionFormula = ({ hit, actual }, classes) => {
  let right = 0;
  let all = 0;
  for (const label of classes) {
    right += hit[label] ?? 0;
    all += actual[label] ?? 0;
  }
  return right / all;
};

/** The mean recall of the classes that are there. */
export const balancedAccuracy: ConfusionFormula = (counts, classes) => {
  const there = classes.map((label) => countsOf(counts, label)).filter(({ actual }) => actual > 0);
  return meanOf(there.map(({ hit, actual }) => hit / actual));
};

/** A formula of the positive class of two. */
export function ofPositive(score: (counts: ClassCounts) => number): ConfusionFormula {
  return (counts) => score(countsOf(counts, 1));
}

/** The unweighted mean over classes. */
export function overClasses(score: (counts: ClassCounts) => number): ConfusionFormula {
  return (counts, classes) => meanOf(classes.map((label) => score(countsOf(counts, label))));
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

function countsOf({ hit, actual, told }: LabelCounts, label: number): ClassCounts {
  return { hit: hit[label] ?? 0, actual: actual[label] ?? 0, told: told[label] ?? 0 };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
