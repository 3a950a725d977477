// What the model process answers, by the name of the question.
import type { ModelQuestions } from '../../protocol/inference/model-questions';
import type { AnswersTo } from '../asked/answer-lines';
import { fileAnswers } from './questions/file';
import { runAnswers } from './questions/run';

export const answers: AnswersTo<ModelQuestions> = {
  ...fileAnswers,
  ...runAnswers,
  // Loads DuckDB, for which nobody waits who looks at a model.
  batch: async (query, asked) => (await import('./questions/batch')).answerBatch(query, asked),
};
