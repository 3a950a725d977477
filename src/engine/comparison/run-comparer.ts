// The engine's side of comparing runs: threads that do it, and the artifacts that they read.
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { RunArtifacts } from '../../lifecycle/runs/artifacts/run-artifacts';
import { predictionFiles } from '../../lifecycle/runs/comparison/predictions/read-predictions';
import type { Comparison } from '../../protocol/comparison/comparison';
import { runJobThread, type ThreadCalls } from '../jobs/job-thread';
import type { ComparisonGiven, PredictionFile } from './comparison-given';

const script = join(__dirname, 'compare.js');
/** Threads at once; the others wait in order. */
const mostThreads = 2;

/** Compares runs away from the engine's loop. */
export class RunComparer {
  readonly #artifacts: RunArtifacts;
  readonly #waiting: (() => void)[] = [];
  #threads = 0;

  constructor(artifacts: RunArtifacts) {
    this.#artifacts = artifacts;
  }

  /** Throws SlipwayError `not-found` for a run there is none of, `invalid` for a wish that cannot be met. */
  async compare(given: ComparisonGiven, signal: AbortSignal = new AbortController().signal): Promise<Comparison> {
    if (this.#threads >= mostThreads) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#threads += 1;
    try {
      const calls = predictionCalls(this.#artifacts);
      const work = runJobThread({ script, data: given, calls, onProgress: () => undefined, signal, patience: 0 });
      return (await work) as Comparison;
    } finally {
      this.#threads -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** What a comparing thread may ask: where the predictions of a run are, and their bytes. */
function predictionCalls(artifacts: RunArtifacts): ThreadCalls {
  return {
    findPredictions: async ({ runId }: { runId: string }): Promise<PredictionFile | null> => {
      for (const name of predictionFiles) {
        try {
          return { runId, name, size: (await artifacts.find(runId, name)).size };
        } catch (error) {
          if (!SlipwayError.is(error)) throw error;
        }
      }
      return null;
    },
    readPredictions: async ({ runId, name, start, end }: PredictionFile & { start: number; end: number }) => {
      const file = await artifacts.find(runId, name);
      const parts: Uint8Array[] = [];
      if (end > start)
        for await (const part of await file.open({ start, end: end - 1 })) parts.push(part as Uint8Array);
      return Buffer.concat(parts);
    },
  };
}
