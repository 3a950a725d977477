// What passes between the page of a model and its host when a prediction is explained. The user chooses the background in
// the host: a page can name no file.
import type { GivenInput } from '../prediction';
import type { RowExplanation, WhatIfCurve } from './explanation';

/** `given`: what was predicted, its first row is explained. All throw `forbidden` while the folder is not trusted. */
export interface ExplainAsks {
  /** Lets the user choose the table of the background; its name, null when the user turned away. */
  chooseBackground: { input: Record<string, never>; answer: string | null };
  explainRow: { input: { given: GivenInput }; answer: RowExplanation };
  whatIf: { input: { given: GivenInput; feature: string; class: string | null }; answer: WhatIfCurve };
}
export type ExplainAsk = keyof ExplainAsks;
