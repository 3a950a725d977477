// Every question that a model process answers, by name. A noun keeps its own questions beside it.

import type { Hearing } from '../conversation/conversation';
import type { BatchQuestions } from './batch';
import type { BenchmarkQuestions } from './benchmark/benchmark';
import type { ExplainQuestions } from './explain/explanation';
import type { ModelFileQuestions } from './file/file-questions';
import type { FormQuestions } from './form/model-form';
import type { GoldenQuestions } from './golden/golden-questions';
import type { GivenInput, OpenedModel, Prediction, PredictionQuery, TakenInput } from './prediction';
import type { QuantizationQuestions } from './quantization/quantization-questions';

/** `path` is absolute. A process runs one model: a question for another is refused. */
export interface RunQuestions {
  open: { input: { path: string }; answer: OpenedModel; partial: never };
  takeInput: { input: { path: string; given: GivenInput }; answer: TakenInput; partial: never };
  predict: { input: PredictionQuery; answer: Prediction; partial: never };
}

/** `partial` is what a question tells before it has its whole answer. */
export type ModelQuestions = BatchQuestions &
  ExplainQuestions &
  ModelFileQuestions &
  RunQuestions &
  FormQuestions &
  GoldenQuestions &
  QuantizationQuestions &
  BenchmarkQuestions;
export type ModelQuestion = keyof ModelQuestions;
export type ModelInput<Q extends ModelQuestion> = ModelQuestions[Q]['input'];
export type ModelAnswer<Q extends ModelQuestion> = ModelQuestions[Q]['answer'];

/** What whoever asks may want to hear before the answer, and how it takes the question back. */
export type ModelHearing<Q extends ModelQuestion> = Hearing<ModelQuestions[Q]['partial']>;
