// The model process: models are read and run here and nowhere else, because a run cannot be stopped and may crash. It
// answers questions by lines of JSON and ends with whoever started it.
import { exactJson } from '../../base/exact-json';
import type { ModelQuestions } from '../../protocol/inference/model-questions';
import { answerLines } from '../asked/answer-lines';
import { watchSelf } from '../asked/self-watch';
import { answers } from './questions';

const mostMegabytes = Number(process.env.SLIPWAY_MODEL_MEGABYTES);

watchSelf(mostMegabytes > 0 ? mostMegabytes * 1024 ** 2 : undefined);
// At once: nothing here is written that could be lost, and onnxruntime may be busy.
answerLines<ModelQuestions>(answers, () => process.exit(), exactJson);
