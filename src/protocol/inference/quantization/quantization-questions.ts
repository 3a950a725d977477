// What a model process does for a quantization: rows as the tools read them, and how far two models are apart.
import type { ExplainedRows, TakenRows } from '../explain/explanation';
import type { FlatTensor } from '../tensor';
import type { SetRows } from './picture-set';
import type { AnswerDifference } from './quantization';

/** Up to `most` rows at random, the same ones for the same `seed`; `rows` null: the golden cases. `path` is absolute. */
export interface SampleTerms {
  path: string;
  rows: ExplainedRows | SetRows | null;
  most: number;
  seed: number;
}

/** `output` is a file of predictions that is written. */
export interface SetQuery {
  path: string;
  rows: SetRows;
  output: string;
}

/** What the tools are to run: `folder` holds test_data_set_N/input_K.pb, to be cut into `rowsAtOnce`, or whole where null. */
export interface CalibrationSets {
  taken: TakenRows;
  rowsAtOnce: number | null;
  notes: string[];
}

/**
 * `calibrationSets` writes into `folder`; throws `invalid` with what does not fit, and where there is neither a row nor a
 * golden case. `exampleInput`: one input for timing, made up where there is none. `answerDifference` throws where the rows do
 * not fit, or `other` does not run. `predictSets` predicts labelled rows: id, y_true, y_pred and scores; throws where the model
 * tells neither a class nor a number of each row.
 */
export interface QuantizationQuestions {
  calibrationSets: {
    input: SampleTerms & { rows: ExplainedRows | null; folder: string };
    answer: CalibrationSets;
    partial: never;
  };
  exampleInput: {
    input: SampleTerms;
    answer: { feeds: Record<string, FlatTensor>; name: string; notes: string[] };
    partial: never;
  };
  answerDifference: {
    input: SampleTerms & { rows: ExplainedRows | SetRows; other: string };
    answer: AnswerDifference;
    partial: never;
  };
  predictSets: { input: SetQuery; answer: { rows: number }; partial: never };
}
