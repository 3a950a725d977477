// The gates that an engine runs: one at a time, since each takes the machine, and one of a version for all who ask for it.
import { rmSync } from 'node:fs';
import type { Disposable } from '../../../base/disposable';
import { SlipwayError } from '../../../base/errors';
import type { KeptReport } from '../../../lifecycle/models/decision/evidence';
import type { JobProgress } from '../../../protocol/jobs/job';
import type { JobTerms } from '../../jobs/job-runner';

interface Going {
  result: Promise<KeptReport>;
  ending: AbortController;
  listeners: Set<(progress: JobProgress) => void>;
}

/** Clears what an engine that was killed left where gates work. */
export function clearGates(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Whoever asks while a gate of the version goes on gets its answer. The last one who leaves takes it back. */
export class GoingGates implements Disposable {
  readonly #going = new Map<string, Going>();
  #before: Promise<unknown> = Promise.resolve();
  #now: string | undefined;

  /** Runs `work`, or joins. `version`: `NAME@V`. Throws what it throws, and SlipwayError `unavailable` to whoever took it back. */
  async run(
    version: string,
    { signal, onProgress }: JobTerms,
    work: (terms: JobTerms) => Promise<KeptReport>,
  ): Promise<KeptReport> {
    if (signal.aborted) throw cancelled();
    const going = this.#going.get(version) ?? this.#begin(version, work);
    // Its own: two who ask may bring the same function.
    const listener = (progress: JobProgress): void => onProgress(progress);
    going.listeners.add(listener);
    if (this.#now !== undefined && this.#now !== version) {
      onProgress({ what: `Waiting for the gate of ${this.#now}`, done: 0, total: 0 });
    }
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        going.listeners.delete(listener);
        if (going.listeners.size === 0) going.ending.abort();
        reject(cancelled());
      };
    });
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([going.result, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      going.listeners.delete(listener);
    }
  }

  /** One sentence for each. */
  reasons(): string[] {
    return [...this.#going.keys()].map((version) => `The gate of ${version} is being run.`);
  }

  dispose(): void {
    for (const { ending } of this.#going.values()) ending.abort();
  }

  #begin(version: string, work: (terms: JobTerms) => Promise<KeptReport>): Going {
    const listeners: Going['listeners'] = new Set();
    const ending = new AbortController();
    const onProgress = (progress: JobProgress): void => {
      for (const listener of listeners) listener(progress);
    };
    const result = this.#before
      .then(() => {
        if (ending.signal.aborted) throw cancelled();
        this.#now = version;
        return work({ signal: ending.signal, onProgress });
      })
      .finally(() => {
        if (this.#now === version) this.#now = undefined;
        if (this.#going.get(version) === going) this.#going.delete(version);
      });
    const going: Going = { result, ending, listeners };
    this.#going.set(version, going);
    // Whoever asks again after everybody left begins anew, behind what still ends.
    ending.signal.addEventListener('abort', () => this.#going.delete(version), { once: true });
    this.#before = result.catch(() => undefined);
    return going;
  }
}

function cancelled(): SlipwayError {
  return new SlipwayError('unavailable', 'This was cancelled.');
}
