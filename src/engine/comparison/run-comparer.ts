// The engine's side of comparing runs: threads that do it, and the artifacts that they read.
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { RunArtifacts } from '../../lifecycle/runs/artifacts/run-artifacts';
import { filePreview } from '../../lifecycle/runs/comparison/evidence/file-preview';
import { predictionFiles } from '../../lifecycle/runs/comparison/predictions/table/read-predictions';
import type { RunComparison } from '../../protocol/comparison/comparison-request';
import type { FilePreview } from '../../protocol/comparison/evidence/file-item';
import type { JobProgress } from '../../protocol/jobs/job';
import { runJobThread } from '../jobs/job-thread';
import { KeptThreads } from '../jobs/kept-threads';
import type { ComparisonCalls, ComparisonGiven, ComparisonQuestions, RunFileFound } from './comparison-given';

const script = join(__dirname, 'compare.js');
/** Threads at once; the others wait in order. */
const mostThreads = 2;

/** What a thread is given beside the question. */
export type ComparisonSurroundings = Omit<ComparisonGiven, 'asked'>;

/** Compares runs away from the engine's loop. */
export class RunComparer {
  readonly #artifacts: RunArtifacts;
  readonly #kept = new KeptThreads(script);
  readonly #waiting: (() => void)[] = [];
  /** How far comparisons are, by what was asked. */
  readonly #progress = new Map<string, JobProgress>();
  #threads = 0;

  constructor(artifacts: RunArtifacts) {
    this.#artifacts = artifacts;
  }

  /** Throws SlipwayError `not-found` for a run there is none of, `invalid` for a wish that cannot be met. */
  async ask<What extends keyof ComparisonQuestions>(
    asked: { what: What; request: ComparisonQuestions[What]['request'] },
    surroundings: ComparisonSurroundings,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<ComparisonQuestions[What]['answer']> {
    const key = JSON.stringify(asked.request);
    if (this.#threads >= mostThreads) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#threads += 1;
    try {
      const data = { ...surroundings, asked };
      const calls = callsOf(this.#artifacts);
      const onProgress = (progress: JobProgress): void => void this.#progress.set(key, progress);
      const work = runJobThread({ thread: this.#kept, data, calls, onProgress, signal, patience: 0 });
      return (await work) as ComparisonQuestions[What]['answer'];
    } finally {
      this.#threads -= 1;
      this.#progress.delete(key);
      this.#waiting.shift()?.();
    }
  }

  /** How far a comparison is that somebody waits for; null where it is not begun, or done. */
  progress(request: RunComparison): JobProgress | null {
    return this.#progress.get(JSON.stringify(request)) ?? null;
  }

  /** Little is read and nothing computed, so no thread is started. Throws SlipwayError `not-found`. */
  async preview(runId: string, path: string): Promise<FilePreview> {
    const found = await foundFile(this.#artifacts, runId, path);
    const read = (start: number, end: number): Promise<Uint8Array> =>
      readPart(this.#artifacts, { ...found, start, end });
    return filePreview({ ...found, read });
  }
}

type Calls = {
  [Name in keyof ComparisonCalls]: (input: ComparisonCalls[Name]['input']) => Promise<ComparisonCalls[Name]['answer']>;
};

/** What a comparing thread may ask. */
function callsOf(artifacts: RunArtifacts): Calls {
  return {
    findPredictions: ({ runIds }) => Promise.all(runIds.map((runId) => foundPredictions(artifacts, runId))),
    findFile: ({ runId, path }) => foundFile(artifacts, runId, path),
    readFile: (part) => readPart(artifacts, part),
    listFolder: async ({ runId, path, limit }) => (await artifacts.list({ runId, path, limit, page: null })).items,
  };
}

async function foundPredictions(artifacts: RunArtifacts, runId: string): Promise<RunFileFound | null> {
  for (const name of predictionFiles) {
    try {
      return await foundFile(artifacts, runId, name);
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
    }
  }
  return null;
}

async function foundFile(artifacts: RunArtifacts, runId: string, path: string): Promise<RunFileFound> {
  return { runId, name: path, size: (await artifacts.find(runId, path)).size };
}

async function readPart(
  artifacts: RunArtifacts,
  { runId, name, start, end }: ComparisonCalls['readFile']['input'],
): Promise<Uint8Array> {
  const file = await artifacts.find(runId, name);
  const parts: Uint8Array[] = [];
  if (end > start) for await (const part of await file.open({ start, end: end - 1 })) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}
