// The long works of one engine: one at a time, because they all move the same contents about.
import { join } from 'node:path';
import type { Disposable } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { ContentJob, JobProgress } from '../../protocol/jobs/job';
import type { EngineSettings } from '../options';
import type { Services } from '../services';
import { cleaningCalls } from './cleaning-calls';
import { datasetCalls } from './dataset-calls';
import { runJobThread } from './job-thread';
import { landingCalls } from './landing-calls';
import { repairCalls } from './repair-calls';
import type { JobGiven } from './thread/job-given';

const sentences: Readonly<Record<ContentJob['job'], string>> = {
  export: 'An export is being written.',
  import: 'An import is going on.',
  backup: 'A backup is being written.',
  gc: 'The trash is being emptied.',
  'check-contents': 'What is kept is being read.',
  repair: 'The workspace is being repaired.',
  'dataset-register': 'A dataset is being read.',
  'dataset-refresh': 'A dataset is being read.',
  'dataset-restore': 'A version of a dataset is being written.',
  'dataset-track': 'A dataset is being handed to DVC.',
};

/** How a job is watched and ended. */
export interface JobTerms {
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/** Runs jobs. */
export class JobRunner implements Disposable {
  readonly #services: Services;
  readonly #options: Pick<EngineSettings, 'silence' | 'artifactRoot'>;
  #now: ContentJob['job'] | undefined;
  readonly #waiting = new Set<() => void>();
  #ending = new AbortController();

  constructor(services: Services, options: Pick<EngineSettings, 'silence' | 'artifactRoot'>) {
    this.#services = services;
    this.#options = options;
  }

  /** What it is at, as a sentence; undefined when it rests. */
  get at(): string | undefined {
    return this.#now === undefined ? undefined : sentences[this.#now];
  }

  /** The job's result. Throws SlipwayError `conflict` while another one goes on, and what the job throws. */
  async run(request: ContentJob, { signal, onProgress }: JobTerms): Promise<unknown> {
    while (isPatient(request) && this.#now !== undefined) await this.#oneEnded(signal);
    if (this.at !== undefined) throw new SlipwayError('conflict', `${this.at} Try again when it is done.`);
    this.#now = request.job;
    const { layout, databasePath: database, content } = this.#services;
    const given = { root: layout.root, database, silence: this.#options.silence };
    // What an artifact gives up meanwhile may be what the job is about to name, or to read.
    const release = content.hold();
    try {
      return await runJobThread({
        thread: join(__dirname, 'jobs.js'),
        data: { request, ...given, artifactRoot: this.#options.artifactRoot?.folder ?? null } satisfies JobGiven,
        calls: {
          ...landingCalls(this.#services),
          ...cleaningCalls(this.#services),
          ...repairCalls(this.#services),
          ...datasetCalls(this.#services),
        },
        onProgress,
        signal: AbortSignal.any([signal, this.#ending.signal]),
      });
    } finally {
      this.#now = undefined;
      release();
      // All of them: the first that goes on has the turn, and one that was cancelled must not swallow it.
      for (const wake of this.#waiting) wake();
    }
  }

  /** Waits until a job has ended; another one may have begun by then. Throws SlipwayError `unavailable` when it is cancelled. */
  async #oneEnded(signal: AbortSignal): Promise<void> {
    let wake = (): void => undefined;
    if (!signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    this.#waiting.delete(wake);
    signal.removeEventListener('abort', wake);
    if (signal.aborted) throw new SlipwayError('unavailable', 'It was cancelled.');
  }

  dispose(): void {
    this.#ending.abort();
  }
}

/** Reading data is part of other work, such as a training that begins: it waits for its turn instead of giving up. */
export function isPatient({ job }: ContentJob): boolean {
  return job.startsWith('dataset-');
}
