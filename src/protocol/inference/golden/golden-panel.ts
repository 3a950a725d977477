// What passes between the page of a model and its host about golden cases.
import type { GivenInput } from '../prediction';
import type { GoldenCases } from './golden-case';
import type { GoldenReport } from './golden-result';

/** What the page asks. All but `goldenCases` throw `forbidden` while the folder is not trusted. */
export interface GoldenAsks {
  goldenCases: { input: Record<string, never>; answer: GoldenCases };
  runGolden: { input: Record<string, never>; answer: GoldenReport };
  /** Asks the user for a name and keeps what the model answers to `given`; null when the user turned away. */
  keepGolden: { input: { given: GivenInput }; answer: { name: string } | null };
  /** Opens the file of a case where it stands, or shows the folder of a test data set. */
  showGolden: { input: { name: string }; answer: null };
}
export type GoldenAsk = keyof GoldenAsks;
