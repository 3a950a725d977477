// Rows that are run before a model is quantized, as files that onnx's own tools read.
import { join } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type {
  CalibrationSets,
  QuantizationQuestions,
} from '../../../protocol/inference/quantization/quantization-questions';
import type { FlatTensor } from '../../../protocol/inference/tensor';
import { rowInputs } from '../benchmark/batch-feeds';
import type { ExplainSurroundings } from '../explain/explained-model';
import { goldenCases } from '../golden/golden-cases';
import { writeTestSet } from '../golden/test-set/test-set';
import { takeInput } from '../input/take-input';
import type { RunningModel } from '../running-model';
import { sampleFeeds } from './sample';

type Query = QuantizationQuestions['calibrationSets']['input'];
type Feeds = Record<string, FlatTensor>;

/** Writes them into `folder`. Throws SlipwayError `invalid` with what does not fit, and where there is nothing to run. */
export async function calibrationSets(
  model: RunningModel,
  { folder, ...terms }: Query,
  { open }: ExplainSurroundings,
): Promise<CalibrationSets> {
  const write = (feeds: Feeds, at: number): void =>
    writeTestSet(join(folder, `test_data_set_${at}`), { feeds, expected: {} }, model.opened);
  if (terms.rows === null) {
    const cases = await goldenFeeds(model);
    if (cases.length === 0) {
      throw new SlipwayError(
        'invalid',
        'Static quantization runs the model on rows like those it will see, to find the ranges of its activations. Name them: --calibration TABLE.',
      );
    }
    for (const [at, feeds] of cases.entries()) write(feeds, at);
    const rows = cases.length;
    return { taken: { name: 'golden cases', rows, of: rows }, rowsAtOnce: null, notes: [] };
  }
  const { feeds, taken, notes } = await sampleFeeds(model, { ...terms, rows: terms.rows }, open);
  write(feeds, 0);
  const { inputs } = model.opened;
  const isOpen = rowInputs(inputs).size === inputs.length;
  return { taken, rowsAtOnce: isOpen ? 1 : null, notes };
}

async function goldenFeeds(model: RunningModel): Promise<Feeds[]> {
  const found: Feeds[] = [];
  for (const golden of goldenCases(model.path).cases) {
    try {
      const { feeds, rows } = await takeInput(golden.content(model.opened).given, model.opened.inputs);
      if (rows > 0) found.push(feeds);
    } catch (error) {
      // A case that does not fit is the business of the tests; the others still say what inputs look like.
      if (!SlipwayError.is(error)) throw error;
    }
  }
  return found;
}
