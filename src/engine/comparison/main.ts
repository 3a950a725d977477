// Entry of what compares, as long as that may take: a thread of the engine for runs, a process
// of its own for files of predictions, which is killed when nobody waits any more.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isMainThread, parentPort } from 'node:worker_threads';
import * as z from 'zod';
import { messageOf, SlipwayError } from '../../base/errors';
import { compareFiles } from '../../lifecycle/runs/comparison/compare-runs';
import { fairnessOf } from '../../lifecycle/runs/comparison/fairness/fairness';
import { comparePredictions } from '../../lifecycle/runs/comparison/predictions/compare-predictions';
import type { OnProgress } from '../../lifecycle/runs/comparison/predictions/compared-metric';
import { openFileSource } from '../../platform/tables/file-source';
import type { Comparison } from '../../protocol/comparison/comparison';
import { type FileComparison, fileComparison } from '../../protocol/comparison/comparison-request';
import { type Fairness, fairnessQuestion } from '../../protocol/comparison/fairness';
import type { ThreadHears, ThreadSays } from '../jobs/job-thread';
import { JobPort } from '../jobs/thread/job-port';
import type { ComparisonGiven } from './comparison-given';
import { threadAnswer } from './thread-answer';

/** Milliseconds between two words on how far it is. */
const tellEvery = 500;

/** What two files, or one by its groups, say. */
async function answerNamedFiles(request: unknown, onProgress: OnProgress): Promise<Comparison | Fairness> {
  const asked = z.union([fairnessQuestion, fileComparison]).parse(request);
  if ('file' in asked) return fairnessOf(openFileSource(asked.file), asked);
  return compareNamedFiles(asked, onProgress);
}

async function compareNamedFiles(
  { baseline, candidate, metrics, cluster }: FileComparison,
  onProgress: OnProgress,
): Promise<Comparison> {
  const sources = { baseline: openFileSource(baseline), candidate: openFileSource(candidate) };
  const compared = await comparePredictions(sources, { metrics, unit: cluster, onProgress });
  return compareFiles({ baseline: baseline.name, candidate: candidate.name }, compared);
}

function serveProcess(): void {
  const lines = createInterface({ input: process.stdin });
  const say = (answer: unknown): void => {
    process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit());
  };
  lines.once('line', (line) => {
    let saidAt = 0;
    const onProgress: OnProgress = (what, done, total) => {
      if (Date.now() - saidAt < tellEvery) return;
      saidAt = Date.now();
      // At once: the work that follows leaves no time to write.
      writeSync(process.stdout.fd, `${JSON.stringify({ progress: { what, done, total } })}\n`);
    };
    answerNamedFiles(JSON.parse(line), onProgress).then(
      (result) => say({ result }),
      (error: unknown) => say({ error: told(error) }),
    );
  });
  lines.once('close', () => process.exit());
}

/** Answers one question after the other. */
function serveThread(): void {
  const say = (said: ThreadSays): void => parentPort?.postMessage(said);
  const port = new JobPort();
  parentPort?.on('message', (heard: ThreadHears) => {
    if (!('begin' in heard)) return;
    threadAnswer(heard.begin as ComparisonGiven, port).then(
      (result) => say({ result }),
      (error: unknown) => say({ error: told(error) }),
    );
  });
}

function told(error: unknown): { code: SlipwayError['code'] | null; message: string } {
  return { code: SlipwayError.is(error) ? error.code : null, message: messageOf(error) };
}

if (isMainThread) serveProcess();
else serveThread();
