// Threads that may be asked more than once: starting one takes a tenth of a second, which a person would wait for.
import { Worker } from 'node:worker_threads';

/** How long one waits to be asked again. */
const idleMilliseconds = 30_000;

/** Keeps one that has nothing to do; more are started while it is busy. */
export class KeptThreads {
  readonly script: string;
  #idle: Worker | undefined;
  #end: NodeJS.Timeout | undefined;

  /** `script` is the bundle of a thread that begins when it is told to. */
  constructor(script: string) {
    this.script = script;
  }

  /** The caller gives it back or ends it. */
  take(): Worker {
    const kept = this.#idle;
    this.#forget();
    kept?.ref();
    return kept ?? new Worker(this.script);
  }

  /** One that has answered and may hear the next question. */
  async giveBack(worker: Worker): Promise<void> {
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    // One that breaks while nobody asks is missed by nobody.
    worker.on('error', () => undefined);
    if (this.#idle !== undefined) return void (await worker.terminate());
    this.#idle = worker;
    worker.once('exit', () => {
      if (this.#idle === worker) this.#forget();
    });
    worker.unref();
    this.#end = setTimeout(() => this.#letGo(), idleMilliseconds).unref();
  }

  #letGo(): void {
    const worker = this.#idle;
    this.#forget();
    void worker?.terminate();
  }

  #forget(): void {
    clearTimeout(this.#end);
    this.#idle = undefined;
  }
}
