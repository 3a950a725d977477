// What a model process does for a quantization, which itself is Python's.
import { exampleInput } from '../../../lifecycle/inference/benchmark/benchmark-run';
import type { ExplainSurroundings } from '../../../lifecycle/inference/explain/explained-model';
import { answerDifference } from '../../../lifecycle/inference/quantization/answer-difference';
import { calibrationSets } from '../../../lifecycle/inference/quantization/calibration-sets';
import { predictSets } from '../../../lifecycle/inference/quantization/predicted-sets';
import { sampleFeeds } from '../../../lifecycle/inference/quantization/sample';
import type { RunningModel } from '../../../lifecycle/inference/running-model';
import type {
  QuantizationQuestions,
  SampleTerms,
} from '../../../protocol/inference/quantization/quantization-questions';
import type { AnswersTo } from '../../asked/answer-lines';
import { explained } from './explain';

export const quantizationAnswers: AnswersTo<QuantizationQuestions> = {
  calibrationSets: (query, asked) => explained(calibrationSets, query, asked),
  exampleInput: (query, asked) => explained(example, query, asked),
  answerDifference: (query, asked) => explained(answerDifference, query, asked),
  predictSets: (query, asked) => explained(predictSets, query, asked),
};

async function example(
  model: RunningModel,
  { rows, most, seed }: SampleTerms,
  { open }: ExplainSurroundings,
): Promise<QuantizationQuestions['exampleInput']['answer']> {
  if (rows === null) {
    const { feeds, input, notes } = await exampleInput(null, model);
    return { feeds, name: input, notes };
  }
  const { feeds, taken, notes } = await sampleFeeds(model, { rows, most, seed }, open);
  return { feeds, name: `rows of ${taken.name}`, notes };
}
