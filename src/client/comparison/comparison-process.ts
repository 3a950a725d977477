// Files of predictions compared in a process of its own: it needs no workspace, and ends with whoever asked.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ErrorCode, messageOf, SlipwayError } from '../../base/errors';
import type { Comparison } from '../../protocol/comparison/comparison';
import type { FileComparison } from '../../protocol/comparison/comparison-request';
import type { Fairness, FairnessQuestion } from '../../protocol/comparison/fairness';
import { takenBack } from '../../protocol/conversation/conversation';
import type { JobProgress } from '../../protocol/jobs/job';
import { chooseNode, type NodeChoiceOptions } from '../node-choice';

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
  const { bundle } = options;
  const node = await chooseNode(options);
  const child = spawn(node.command, [`${bundle}/compare.js`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...node.env },
    windowsHide: true,
  });
  const stop = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(messageOf(error)));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  try {
    // It stays open: its end tells the process that nobody waits any more. A process that is gone cannot be written to.
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await lastAnswer(child.stdout, onProgress);
    if (answer !== undefined) return answer.result;
    if (signal?.aborted) throw takenBack();
    throw new SlipwayError(
      'unavailable',
      `The comparison ended before its answer (${await ended}). Compare fewer rows.`,
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

/** The result that the process tells, after how far it is; undefined where it ended without one. Throws what it says is wrong. */
async function lastAnswer(said: Readable, onProgress: Bundle['onProgress']): Promise<{ result: unknown } | undefined> {
  for await (const line of createInterface({ input: said })) {
    const answer = JSON.parse(line) as Answer;
    if ('result' in answer) return answer;
    if ('error' in answer) throw new SlipwayError(answer.error.code ?? 'internal', answer.error.message);
    onProgress?.(answer.progress);
  }
  return undefined;
}
