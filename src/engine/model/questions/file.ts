// What the model process answers about files without running them.
import { ModelNodes, readOutline } from '../../../lifecycle/inference/model-file/model-file';
import { scanPickle } from '../../../lifecycle/inference/model-file/pickle/pickle-scan';
import type { ModelFileQuestions } from '../../../protocol/inference/file/file-questions';
import type { AnswersTo } from '../../asked/answer-lines';

const nodes = new ModelNodes();

export const fileAnswers: AnswersTo<ModelFileQuestions> = {
  outline: async ({ path }) => readOutline(path),
  nodePage: async (query) => nodes.page(query),
  node: async ({ path, index }) => nodes.node(path, index),
  pickleScan: async ({ path }) => scanPickle(path),
};
