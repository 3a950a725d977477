// The gate that a panel runs: how far it is is told while it goes on, also to a page that was hidden meanwhile.

import type { EngineClient } from '../../../client/engine-client';
import { followJob } from '../../../client/jobs/job-stream';
import type { GateGoing } from '../../../protocol/models/registry/panel/panel-state';

/** One at a time. */
export class PanelGate {
  readonly #told: (going: GateGoing | null) => void;
  #going: GateGoing | null = null;
  #abort: AbortController | undefined;

  /** `told` hears of every step, and null at the end. */
  constructor(told: (going: GateGoing | null) => void) {
    this.#told = told;
  }

  /** What goes on now. */
  get going(): GateGoing | null {
    return this.#going;
  }

  /** Takes the place of one that goes on. False when it was cancelled. Throws what the job throws. */
  async run(client: EngineClient, { name, version }: { name: string; version: string }): Promise<boolean> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.#tell({ version, progress: null });
    try {
      await followJob(
        client,
        { job: 'model-gate', name, version },
        {
          signal: abort.signal,
          onProgress: (progress) => this.#abort === abort && this.#tell({ version, progress }),
        },
      );
      return true;
    } catch (error) {
      if (abort.signal.aborted) return false;
      throw error;
    } finally {
      if (this.#abort === abort) this.#tell(null);
    }
  }

  /** Nothing of it is kept. */
  cancel(): void {
    this.#abort?.abort();
  }

  #tell(going: GateGoing | null): void {
    this.#going = going;
    this.#told(going);
  }
}
