// What the model process answers, by the name of the question.
import type { ModelQuestions } from '../../protocol/inference/model-questions';
import type { AnswersTo } from '../asked/answer-lines';
import { fileAnswers } from './questions/file';
import { runAnswers } from './questions/run';

export const answers: AnswersTo<ModelQuestions> = { ...fileAnswers, ...runAnswers };
