// What was measured for a check, before it is judged.
import type { Observed } from '../../../../protocol/datasets/contract/check';

export type Measure = RowMeasure | NumberMeasure | WholeMeasure | NoMeasure;

/** `bad` of `counted` rows break it; `counted` null where no value had to be looked at. */
export interface RowMeasure {
  kind: 'rows';
  bad: number;
  counted: number | null;
  examples: string[];
  observed: Observed | null;
  note: string | null;
}

/** One number; null where there is nothing to compute it from. */
export interface NumberMeasure {
  kind: 'number';
  value: number | null;
  canShowRows: boolean;
  note: string | null;
}

/** Yes or no, with what there is in a few words. */
export interface WholeMeasure {
  kind: 'whole';
  isMet: boolean;
  found: string;
  bad: number | null;
  examples: string[];
  observed: Observed | null;
  note: string | null;
}

/** Nothing: the check is wrong (`error`), the table lacks its column (`fail`), or there is nothing to look at. */
export interface NoMeasure {
  kind: 'none';
  verdict: 'not checked' | 'error';
  found: string;
  note: string;
}
