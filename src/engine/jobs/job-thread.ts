// One job's thread as the engine sees it: it reads and writes files by itself, and asks the engine for every change of the
// database, which is made between the requests of other clients.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, messageOf, SlipwayError } from '../../base/errors';
import type { JobProgress } from '../../protocol/jobs/job';
import type { KeptThreads } from './kept-threads';

/** What a thread says. */
export type ThreadSays =
  | { progress: JobProgress }
  | { result: unknown }
  | { error: { code: ErrorCode | null; message: string } }
  | { call: number; name: string; input: unknown };

/** What a thread is told. */
export type ThreadHears =
  | { begin: unknown }
  | { cancel: true }
  | { answer: number; value: unknown }
  | { answer: number; error: { code: ErrorCode | null; message: string } };

/** What a thread may ask of the engine, by name. */
export type ThreadCalls = Record<string, (input: never) => unknown>;

/**
 * `thread` is its bundle, for a thread of its own that has `data` from the start, or where one is taken from that is told to begin with
 * `data`; `patience` milliseconds from the wish to end to its end.
 */
export interface JobThreadOptions {
  thread: string | KeptThreads;
  data: unknown;
  calls: ThreadCalls;
  onProgress: (progress: JobProgress) => void;
  signal: AbortSignal;
  patience?: number;
}

/** Runs a job to its end. Throws what it throws, and SlipwayError `unavailable` when it is cancelled or its thread dies. */
export function runJobThread(options: JobThreadOptions): Promise<unknown> {
  const { thread, data, calls, onProgress, signal, patience = 10_000 } = options;
  const [kept, script] = typeof thread === 'string' ? [undefined, thread] : [thread, thread.script];
  const worker = kept?.take() ?? new Worker(script, { workerData: data });
  // A thread asks for one thing at a time.
  let answering: Promise<void> | undefined;
  let isFit = true;
  const cancel = (): void => {
    isFit = false;
    worker.postMessage({ cancel: true } satisfies ThreadHears);
    setTimeout(() => void worker.terminate(), patience).unref();
  };
  const asked = new Promise((resolve, reject) => {
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (said: ThreadSays) => {
      if ('progress' in said) onProgress(said.progress);
      else if ('result' in said) resolve(said.result);
      else if ('error' in said) reject(thrown(said.error));
      else answering = answer(worker, calls, said);
    });
    worker.on('error', (error) => reject(broken(script, error)));
    worker.on('exit', (code) => reject(new SlipwayError('unavailable', `The work was cut short (exit code ${code}).`)));
    if (kept !== undefined) worker.postMessage({ begin: data } satisfies ThreadHears);
  });
  worker.once('error', () => (isFit = false));
  return asked.finally(async () => {
    signal.removeEventListener('abort', cancel);
    await (kept !== undefined && isFit ? kept.giveBack(worker) : worker.terminate());
    // What it asked for last, such as to take out what it left half, goes on without it; no other job begins beside that.
    await answering;
  });
}

/** An engine may outlive the folder it was installed in, and has then nothing to start a thread from. */
function broken(script: string, error: unknown): unknown {
  if (existsSync(script)) return error;
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
