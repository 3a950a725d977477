// What a model process answers about golden cases.
import type { GivenInput } from '../prediction';
import type { GoldenCases } from './golden-case';
import type { GoldenReport, GoldenResult } from './golden-result';

/**
 * Cases that do not lie beside the model: in the file `place`, or in the golden files and test data sets of that folder. An
 * absolute path; beside the model where null. `rtol` and `atol` count instead of those of the cases. `within`: the folder that
 * files which cases name stand in; the repository where null.
 */
export interface GoldenSource {
  place: string | null;
  rtol: number | null;
  atol: number | null;
  within: string | null;
}

/** `path`, the model's, and `folder` are absolute. `names`: all cases where null. */
export interface GoldenQuestions {
  goldenCases: { input: { path: string }; answer: GoldenCases; partial: never };
  golden: {
    input: { path: string; names: string[] | null; from?: GoldenSource };
    answer: GoldenReport;
    partial: GoldenResult;
  };
  /** What the model answers now becomes a case of the file beside it. Throws `already-exists` for a name that is taken. */
  keepGolden: {
    input: { path: string; name: string; given: GivenInput };
    answer: { file: string; line: number };
    partial: never;
  };
  /** Every case as an ONNX test data set. Throws `already-exists` where one would be written over. */
  exportGolden: { input: { path: string; folder: string }; answer: { folders: string[] }; partial: never };
}
