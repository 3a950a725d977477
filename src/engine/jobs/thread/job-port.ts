// The thread's side of a job: how it tells how far it is, asks the engine, and learns that nobody wants it any more.
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { SlipwayError } from '../../../base/errors';
import { type ThreadHears, type ThreadSays, thrown } from '../job-thread';

/** Milliseconds between two words on how far it is. */
const tellEvery = 200;

/** One per thread. */
export class JobPort {
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #cancelled = new AbortController();
  #asked = 0;
  #told = 0;

  constructor() {
    parentPort?.on('message', (heard: ThreadHears) => this.#hear(heard));
  }

  /** Aborted once the job is cancelled. */
  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Says how far the job is, at most a few times a second. Throws SlipwayError `unavailable` once it is cancelled. */
  progress(what: string, done: number, total: number): void {
    this.goOn();
    const isLast = total > 0 && done >= total;
    if (Date.now() - this.#told < tellEvery && !isLast) return;
    this.#told = Date.now();
    this.#say({ progress: { what, done, total } });
  }

  /** Throws SlipwayError `unavailable` once the job is cancelled. */
  goOn(): void {
    if (this.signal.aborted) throw new SlipwayError('unavailable', 'It was cancelled.');
  }

  /** Asks the engine. Throws what it throws. Takes as long again as the engine did, so that others have their turns. */
  async call<T>(name: string, input: unknown): Promise<T> {
    this.#asked += 1;
    const call = this.#asked;
    const began = performance.now();
    const value = await new Promise<T>((resolve, reject) => {
      this.#waiting.set(call, { resolve: resolve as (value: unknown) => void, reject });
      this.#say({ call, name, input });
    });
    const took = performance.now() - began;
    if (took > 1) await pause(Math.min(took, 20));
    return value;
  }

  #hear(heard: ThreadHears): void {
    if ('cancel' in heard) {
      this.#cancelled.abort();
      return;
    }
    if (!('answer' in heard)) return;
    const waiting = this.#waiting.get(heard.answer);
    this.#waiting.delete(heard.answer);
    if ('error' in heard) waiting?.reject(thrown(heard.error));
    else waiting?.resolve(heard.value);
  }

  #say(said: ThreadSays): void {
    parentPort?.postMessage(said);
  }
}
