// Questions that run the model. A process loads one: onnxruntime does not give all its memory back.
import { SlipwayError } from '../../../base/errors';
import { takeInput } from '../../../lifecycle/inference/input/take-input';
import { RunningModel } from '../../../lifecycle/inference/running-model';
import type { RunQuestions } from '../../../protocol/inference/model-questions';
import type { AnswersTo } from '../../asked/answer-lines';

const threads = Number(process.env.SLIPWAY_MODEL_THREADS ?? 1);
let running: Promise<RunningModel> | undefined;
let runningPath = '';

export const runAnswers: AnswersTo<RunQuestions> = {
  open: async ({ path }) => (await ensuredModel(path)).opened,
  takeInput: async ({ path, given }) => takeInput(given, (await ensuredModel(path)).opened.inputs),
  predict: async ({ path, given, outputs }) => (await ensuredModel(path)).predict({ given, outputs }),
};

/** The model at `path`, loaded at the first question. Throws SlipwayError `invalid` with why it does not run here. */
export async function ensuredModel(path: string): Promise<RunningModel> {
  if (running !== undefined && runningPath !== path) {
    throw new SlipwayError('internal', `This process runs ${runningPath}; ${path} needs one of its own.`);
  }
  runningPath = path;
  const before = await running?.catch(() => undefined);
  if (before !== undefined && !before.isCurrent) {
    running = undefined;
    await before.release();
  }
  running ??= RunningModel.open(path, threads);
  try {
    return await running;
  } catch (error) {
    running = undefined;
    throw error;
  }
}
