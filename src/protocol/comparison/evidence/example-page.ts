// Rows that one of two models tells better, each with all that both files say of it.
import type { WireNumber } from '../../number';

/**
 * What one side says of a row; cells by the page's columns, of the first file, null where there is nothing. Of repeats `label` is
 * what most of them say, `right` how many of the `models` are, and numbers are means.
 */
export interface ExampleSide {
  models: number;
  right: number;
  label: string | null;
  /** Predicted less true, of numbers; null of classes. */
  residual: WireNumber | null;
  /** The score of the positive class, or that of the true one of more than two; null without. */
  score: number | null;
  cells: (string | null)[];
}

export interface Example {
  id: string;
  truth: string | null;
  baseline: ExampleSide;
  candidate: ExampleSide;
}

/** Those whose score, or of numbers whose distance from the truth, moved most come first. `scoreOf`: the class whose chance `score` is; '' for the true one. */
export interface ExamplePage {
  of: 'classes' | 'numbers';
  /** Of this flip and slice. */
  total: number;
  columns: string[];
  scoreOf: string;
  items: Example[];
}
