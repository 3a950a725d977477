// What passes between the page of a model and its host when a prediction is explained. The user chooses the background in
// the host: a page can name no file.
import type { JobProgress } from '../../jobs/job';
import type { GivenInput } from '../prediction';
import type { ImportanceMetric, ImportanceResult, RowExplanation, WhatIfCurve } from './explanation';

/** The table whose rows are compared with, by name. */
export interface ChosenBackground {
  name: string;
  /** Its columns that can hold what is true: first those that the model does not take. */
  labels: string[];
  /** The one that does, as far as that is known. */
  label: string | null;
}

/** `given`: what was predicted, its first row is explained. All throw `forbidden` while the folder is not trusted. */
export interface ExplainAsks {
  /** The table that was chosen last for this model; null where none was. */
  background: { input: Record<string, never>; answer: ChosenBackground | null };
  /** Lets the user choose it; null when the user turned away. */
  chooseBackground: { input: Record<string, never>; answer: ChosenBackground | null };
  explainRow: { input: { given: GivenInput }; answer: RowExplanation };
  whatIf: { input: { given: GivenInput; feature: string; class: string | null }; answer: WhatIfCurve };
  /** `label`: the column of what is true; `metric` null: the usual one. */
  importance: { input: { label: string; metric: ImportanceMetric | null }; answer: ImportanceResult };
  /** How far the work at one of these is; null where none is done. */
  explainProgress: { input: { of: ExplainWork }; answer: JobProgress | null };
}
export type ExplainAsk = keyof ExplainAsks;

/** What runs the model often. */
export type ExplainWork = 'explainRow' | 'whatIf' | 'importance';
