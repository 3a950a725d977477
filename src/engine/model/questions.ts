// What the model process answers, by the name of the question.
import type { ExplainQuestions } from '../../protocol/inference/explain/explanation';
import type { ModelQuestions } from '../../protocol/inference/model-questions';
import type { QuantizationQuestions } from '../../protocol/inference/quantization/quantization-questions';
import type { AnswersTo } from '../asked/answer-lines';
import { benchmarkAnswers } from './questions/benchmark';
import { fileAnswers } from './questions/file';
import { goldenAnswers } from './questions/golden';
import { runAnswers } from './questions/run';

export const answers: AnswersTo<ModelQuestions> = {
  ...fileAnswers,
  ...runAnswers,
  ...goldenAnswers,
  ...benchmarkAnswers,
  // Loads DuckDB, for which nobody waits who looks at a model.
  batch: async (query, asked) => (await import('./questions/batch')).answerBatch(query, asked),
  tableParts: async (query, asked) => (await import('./questions/batch')).answerTableParts(query, asked),
  explainRow: async (query, asked) => (await explain()).explainRow(query, asked),
  importance: async (query, asked) => (await explain()).importance(query, asked),
  whatIf: async (query, asked) => (await explain()).whatIf(query, asked),
  calibrationSets: async (query, asked) => (await quantization()).calibrationSets(query, asked),
  exampleInput: async (query, asked) => (await quantization()).exampleInput(query, asked),
  answerDifference: async (query, asked) => (await quantization()).answerDifference(query, asked),
  predictSets: async (query, asked) => (await quantization()).predictSets(query, asked),
};

/** Loads DuckDB too. */
async function explain(): Promise<AnswersTo<ExplainQuestions>> {
  return (await import('./questions/explain')).explainAnswers;
}

/** Loads DuckDB too. */
async function quantization(): Promise<AnswersTo<QuantizationQuestions>> {
  return (await import('./questions/quantization')).quantizationAnswers;
}
