// Files of predictions compared in a process of its own: it needs no workspace, and ends with whoever asked.
import { type ErrorCode, SlipwayError } from '../../base/errors';
import type { Comparison } from '../../protocol/comparison/comparison';
import type { FileComparison } from '../../protocol/comparison/comparison-request';
import type { Fairness, FairnessQuestion } from '../../protocol/comparison/fairness';
import { takenBack } from '../../protocol/conversation/conversation';
import type { JobProgress } from '../../protocol/jobs/job';
import { askOnce } from '../asked/asked-once';
import type { NodeChoiceOptions } from '../node-choice';

type Answer = { progress: JobProgress } | { result: unknown } | { error: { code: ErrorCode | null; message: string } };

interface Bundle {
  bundle: string;
  /** Told now and then how far it is. */
  onProgress?: (progress: JobProgress) => void;
}

/** `bundle` is the folder that holds `compare.js`. Throws what is wrong with the files, `unavailable` when the process dies. */
export async function compareFilesInProcess(request: FileComparison, bundle: Bundle): Promise<Comparison> {
  return (await askInProcess(request, bundle, { onProgress: bundle.onProgress })) as Comparison;
}

/** The groups of one file; as `compareFilesInProcess`. Throws `unavailable` when it is taken back. */
export async function fairnessInProcess(
  question: FairnessQuestion,
  { signal, ...node }: NodeChoiceOptions & { signal?: AbortSignal },
): Promise<Fairness> {
  return (await askInProcess(question, node, { signal })) as Fairness;
}

async function askInProcess(
  request: FileComparison | FairnessQuestion,
  options: NodeChoiceOptions,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: Bundle['onProgress'] | undefined },
): Promise<unknown> {
  const ended = (how: string): SlipwayError =>
    signal?.aborted
      ? takenBack()
      : new SlipwayError('unavailable', `The comparison ended before its answer (${how}). Compare fewer rows.`);
  const read = (lines: AsyncIterable<string>) => lastAnswer(lines, onProgress);
  return (await askOnce({ script: 'compare.js', request, read, ended, signal }, options)).result;
}

/** The result that the process tells, after how far it is; undefined where it ended without one. Throws what it says is wrong. */
async function lastAnswer(
  lines: AsyncIterable<string>,
  onProgress: Bundle['onProgress'],
): Promise<{ result: unknown } | undefined> {
  for await (const line of lines) {
    const answer = JSON.parse(line) as Answer;
    if ('result' in answer) return answer;
    if ('error' in answer) throw new SlipwayError(answer.error.code ?? 'internal', answer.error.message);
    onProgress?.(answer.progress);
  }
  return undefined;
}
