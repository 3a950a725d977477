// Golden cases, read, run, kept and written out.
import { dirname, join } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { goldenCases, listedCases } from '../../../lifecycle/inference/golden/golden-cases';
import { asTestSet, runCase } from '../../../lifecycle/inference/golden/golden-run';
import { keepCase } from '../../../lifecycle/inference/golden/kept-case';
import { testSetsIn, writeTestSet } from '../../../lifecycle/inference/golden/test-set/test-set';
import { takeInput } from '../../../lifecycle/inference/input/take-input';
import type { GoldenQuestions } from '../../../protocol/inference/golden/golden-questions';
import type { GoldenResult } from '../../../protocol/inference/golden/golden-result';
import type { AnswersTo } from '../../asked/answer-lines';
import { ensuredModel } from './run';

export const goldenAnswers: AnswersTo<GoldenQuestions> = {
  goldenCases: async ({ path }) => listedCases(path),
  golden: async ({ path, names, from }, { signal, partial, progress }) => {
    const { cases, problems } = goldenCases(path, from);
    const wanted = cases.filter(({ name }) => names === null || names.includes(name));
    const results: GoldenResult[] = [];
    const model = wanted.length > 0 ? await ensuredModel(path) : undefined;
    for (const found of wanted) {
      signal.throwIfAborted();
      progress({ what: 'cases', done: results.length, total: wanted.length });
      const result = await runCase(model as NonNullable<typeof model>, found);
      results.push(result);
      partial(result);
    }
    return { results, problems };
  },
  keepGolden: async ({ path, name, given }) => {
    requireNoSet(path, name);
    const model = await ensuredModel(path);
    const taken = await takeInput(given, model.opened.inputs);
    const prediction = await model.predict({ given: { kind: 'tensors', feeds: taken.feeds }, outputs: null });
    return keepCase({ path, name }, taken, prediction);
  },
  exportGolden: async ({ path, folder }) => {
    const { cases, problems } = goldenCases(path);
    const [problem] = problems;
    if (problem !== undefined) {
      throw new SlipwayError('invalid', `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`);
    }
    if (cases.length === 0) throw new SlipwayError('not-found', 'The model has no golden cases to write.');
    const model = await ensuredModel(path);
    const sets = await Promise.all(cases.map((found) => asTestSet(model, found)));
    const folders = sets.map((_, at) => join(folder, `test_data_set_${at}`));
    for (const [at, set] of sets.entries()) writeTestSet(folders[at] as string, set, model.opened);
    return { folders };
  },
};

function requireNoSet(path: string, name: string): void {
  if (!testSetsIn(dirname(path)).some((set) => set.name === name)) return;
  throw new SlipwayError('already-exists', `A test data set is named ${name} already. Give the case another name.`);
}
