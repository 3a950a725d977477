// Why a model says what it says: of one row, of all rows, and what it would say if one value were another.
import type { TableSource } from '../../datasets/table-source';
import type { GivenInput } from '../prediction';
import type { TensorItem } from '../tensor';

/** Rows for a model: as a prediction takes them, or of a table, whose columns `apart` are no inputs. `name` is for people. */
export type ExplainedRows =
  | { kind: 'given'; name: string; given: GivenInput }
  | { kind: 'table'; name: string; source: TableSource; apart: string[] };

/** Which output is explained, and of which class; the scores, and the class that the row has most of, where null. */
export interface ExplainedTarget {
  output: string | null;
  class: string | null;
}

/** `path` is absolute; `most`: rows that are taken at random where there are more, the same ones for the same `seed`. */
export interface ExplainTerms {
  path: string;
  target: ExplainedTarget;
  most: number;
  seed: number;
}

/** `row` counts from 1. `background`: the rows that the row is compared with. */
export interface RowQuery extends ExplainTerms {
  input: ExplainedRows;
  row: number;
  background: ExplainedRows;
}

/** The rows that were taken, of how many. */
export interface TakenRows {
  name: string;
  rows: number;
  of: number;
}

/** What was explained; `class` is null where the output is a number of its own. */
export interface ToldTarget {
  output: string;
  class: string | null;
}

/** A value of a feature; null is missing. */
export type FeatureValue = TensorItem | null;

/** `effect` in the unit of the output; `error` its standard error where coalitions were drawn, else 0. */
export interface FeatureEffect {
  feature: string;
  value: FeatureValue;
  effect: number;
  error: number;
}

/** `base` + all effects = `prediction`, but for `additivity`. The effects are in the order of the features. */
export interface RowExplanation extends ToldTarget {
  method: 'exact' | 'kernel';
  coalitions: number;
  base: number;
  prediction: number;
  additivity: number;
  effects: FeatureEffect[];
  background: TakenRows;
  notes: string[];
  milliseconds: number;
}

/** How right a model is, by scikit-learn's names; `roc_auc` and `log_loss` of two classes. */
export const importanceMetrics = [
  'accuracy',
  'balanced_accuracy',
  'f1_macro',
  'roc_auc',
  'log_loss',
  'r2',
  'rmse',
  'mae',
] as const;
export type ImportanceMetric = (typeof importanceMetrics)[number];

/** `label`: the column of what is true; `metric`: accuracy, R² of numbers, where nothing is said. */
export interface ImportanceQuery extends ExplainTerms {
  table: Extract<ExplainedRows, { kind: 'table' }>;
  label: string;
  repeats: number;
  metric?: ImportanceMetric | null;
}

/**
 * How much worse `score` gets on average when a feature is shuffled (it falls, and rises where `direction` is down), and the
 * standard deviation of the repeats.
 */
export interface ImportanceResult {
  metric: ImportanceMetric;
  direction: 'up' | 'down';
  output: string;
  score: number;
  repeats: number;
  features: { feature: string; mean: number; deviation: number }[];
  table: TakenRows;
  notes: string[];
  milliseconds: number;
}

/** `feature` by its name. */
export interface WhatIfQuery extends RowQuery {
  feature: string;
}

/** What the model says at each value of `grid`: of the row, of background rows (a few), and of these on average. */
export interface WhatIfCurve extends ToldTarget {
  feature: string;
  kind: 'number' | 'category';
  value: FeatureValue;
  prediction: number;
  grid: (number | string | boolean)[];
  own: number[];
  mean: number[];
  curves: number[][];
  background: TakenRows;
  notes: string[];
  milliseconds: number;
}

/**
 * Throws `invalid` with what does not fit, for models that take no rows of few values, and where the model answers
 * something that is no finite number.
 */
export interface ExplainQuestions {
  explainRow: { input: RowQuery; answer: RowExplanation; partial: never };
  importance: { input: ImportanceQuery; answer: ImportanceResult; partial: never };
  whatIf: { input: WhatIfQuery; answer: WhatIfCurve; partial: never };
}
