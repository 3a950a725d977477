// Rows that one of two models tells better, each with all that both files say of it.
import type { WireNumber } from '../../number';

/** What one side's file says of a row; cells by the page's columns, null where there is nothing. */
export interface ExampleSide {
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
