// How fast the model is.
import { benchmark } from '../../../lifecycle/inference/benchmark/benchmark-run';
import type { BenchmarkQuestions } from '../../../protocol/inference/benchmark/benchmark';
import type { AnswersTo } from '../../asked/answer-lines';

export const benchmarkAnswers: AnswersTo<BenchmarkQuestions> = {
  benchmark: (query, { signal, partial, progress }) => {
    const what = `${query.batches.length * query.threads.length} measurements`;
    const onCell = (cell: Parameters<typeof partial>[0], done: number, total: number): void => {
      partial(cell);
      progress({ what, done, total });
    };
    return benchmark(query, { signal, onCell });
  },
};
