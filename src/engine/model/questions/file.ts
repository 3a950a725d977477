// What the model process answers about files without running them.
import { readForm } from '../../../lifecycle/inference/form/model-form';
import { ModelNodes, readOutline } from '../../../lifecycle/inference/model-file/model-file';
import { scanPickle } from '../../../lifecycle/inference/model-file/pickle/pickle-scan';
import type { ModelFileQuestions } from '../../../protocol/inference/file/file-questions';
import type { FormQuestions } from '../../../protocol/inference/form/model-form';
import type { AnswersTo } from '../../asked/answer-lines';

const nodes = new ModelNodes();

export const fileAnswers: AnswersTo<ModelFileQuestions & FormQuestions> = {
  outline: async ({ path }) => readOutline(path),
  form: async ({ path }) => readForm(path),
  nodePage: async (query) => nodes.page(query),
  node: async ({ path, index }) => nodes.node(path, index),
  drawing: async (query) => nodes.drawing(query),
  pickleScan: async ({ path }) => scanPickle(path),
};
