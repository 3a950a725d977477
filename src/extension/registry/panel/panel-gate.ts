// The gate that a panel runs: how far it is is told while it goes on, and to a page that was hidden meanwhile, how it ended.
import type { EngineClient } from '../../../client/engine-client';
import { asSlipwayError } from '../../../client/engine-client';
import { followJob } from '../../../client/jobs/job-stream';
import type { GateWork } from '../../../protocol/models/registry/panel/panel-state';

/** One at a time. */
export class PanelGate {
  readonly #told: (work: GateWork | null) => void;
  #work: GateWork | null = null;
  #abort: AbortController | undefined;

  /** `told` hears of every step, and null once something was found. */
  constructor(told: (work: GateWork | null) => void) {
    this.#told = told;
  }

  /** What goes on, or how it ended; null once something was found. */
  get work(): GateWork | null {
    return this.#work;
  }

  /** Takes the place of one that goes on. Never rejects: how it ended is told. */
  async run(client: EngineClient, { name, version }: { name: string; version: string }): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    const tell = (work: GateWork | null): void => {
      if (this.#abort !== abort) return;
      this.#work = work;
      this.#told(work);
    };
    tell({ state: 'works', version, progress: null });
    try {
      const request = { job: 'model-gate', name, version } as const;
      await followJob(client, request, {
        signal: abort.signal,
        onProgress: (progress) => tell({ state: 'works', version, progress }),
      });
      tell(null);
    } catch (error) {
      const { message } = asSlipwayError(error);
      tell(abort.signal.aborted ? { state: 'cancelled', version } : { state: 'failed', version, message });
    }
  }

  /** Nothing of it is kept. */
  cancel(): void {
    this.#abort?.abort();
  }
}
