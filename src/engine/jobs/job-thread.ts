// One job's thread as the engine sees it: it reads and writes files by itself, and asks the engine for every change of the
// database, which is made between the requests of other clients.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, messageOf, SlipwayError } from '../../base/errors';
import type { JobProgress } from '../../protocol/jobs/job';

/** What a thread says. */
export type ThreadSays =
  | { progress: JobProgress }
  | { result: unknown }
  | { error: { code: ErrorCode | null; message: string } }
  | { call: number; name: string; input: unknown };

/** What a thread is told. */
export type ThreadHears =
  | { cancel: true }
  | { answer: number; value: unknown }
  | { answer: number; error: { code: ErrorCode | null; message: string } };

/** What a thread may ask of the engine, by name. */
export type ThreadCalls = Record<string, (input: never) => unknown>;

/** `script` is the thread's bundle; `data` what it is given; `patience` milliseconds from the wish to end to its end. */
export interface JobThreadOptions {
  script: string;
  data: unknown;
  calls: ThreadCalls;
  onProgress: (progress: JobProgress) => void;
  signal: AbortSignal;
  patience?: number;
}

/** Runs a job to its end. Throws what it throws, and SlipwayError `unavailable` when it is cancelled or its thread dies. */
export function runJobThread(options: JobThreadOptions): Promise<unknown> {
  const worker = new Worker(options.script, { workerData: options.data });
  // A thread asks for one thing at a time.
  let answering: Promise<void> | undefined;
  const cancel = (): void => {
    worker.postMessage({ cancel: true } satisfies ThreadHears);
    setTimeout(() => void worker.terminate(), options.patience ?? 10_000).unref();
  };
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) cancel();
    options.signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (said: ThreadSays) => {
      if ('progress' in said) options.onProgress(said.progress);
      else if ('result' in said) resolve(said.result);
      else if ('error' in said) reject(thrown(said.error));
      else answering = answer(worker, options.calls, said);
    });
    worker.on('error', (error) => reject(existsSync(options.script) ? error : leftAlone(error)));
    worker.on('exit', (code) => reject(new SlipwayError('unavailable', `The work was cut short (exit code ${code}).`)));
  }).finally(async () => {
    options.signal.removeEventListener('abort', cancel);
    await worker.terminate();
    // What it asked for last, such as to take out what it left half, goes on without it; no other job begins beside that.
    await answering;
  });
}

/** An engine may outlive the folder it was installed in, and has then nothing to start a thread from. */
function leftAlone(error: unknown): SlipwayError {
  const sentence =
    'The Slipway that this engine was started from is gone. End it with `slipway engine stop`, then try again.';
  return new SlipwayError('unavailable', sentence, { cause: error });
}

/** An error that crossed a thread. */
export function thrown({ code, message }: { code: ErrorCode | null; message: string }): Error {
  return code === null ? new Error(message) : new SlipwayError(code, message);
}

async function answer(
  worker: Worker,
  calls: ThreadCalls,
  { call, name, input }: Extract<ThreadSays, { call: number }>,
): Promise<void> {
  try {
    const act = calls[name];
    if (act === undefined) throw new SlipwayError('internal', `A job asked for ${name}, which there is not.`);
    const value = await act(input as never);
    worker.postMessage({ answer: call, value } satisfies ThreadHears);
  } catch (error) {
    const code = SlipwayError.is(error) ? error.code : null;
    worker.postMessage({ answer: call, error: { code, message: messageOf(error) } } satisfies ThreadHears);
  }
}
