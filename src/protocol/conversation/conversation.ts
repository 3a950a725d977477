// How a process of ours and whoever started it talk: a line of JSON each way, questions by number.
import { type ErrorCode, SlipwayError } from '../../base/errors';
import type { JobProgress } from '../jobs/job';
import type { TakeBackSignal } from './take-back';

/** Questions by name. `partial` is what a question tells before it has its whole answer. */
export type QuestionTable<T> = { [Q in keyof T]: { input: unknown; answer: unknown; partial: unknown } };

/** What the process hears. */
export type Asks<T extends QuestionTable<T>> =
  | { id: number; ask: keyof T & string; input: unknown }
  | { cancel: number };

/** What it says. The last line of a question is `result` or `error`. */
export type Says =
  | { id: number; progress: JobProgress }
  | { id: number; partial: unknown }
  | { id: number; result: unknown }
  | { id: number; error: { code: ErrorCode | null; message: string } };

/** What whoever asks may want to hear before the answer, and how it takes the question back. */
export interface Hearing<Partial> {
  signal?: TakeBackSignal | undefined;
  onProgress?: ((progress: JobProgress) => void) | undefined;
  onPartial?: ((partial: Partial) => void) | undefined;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress: ((progress: JobProgress) => void) | undefined;
  onPartial: ((partial: never) => void) | undefined;
}

/** The asking side of one process. */
export class Conversation<T extends QuestionTable<T>> {
  readonly #write: (line: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  /** Taken back, and not yet known to have stopped. */
  readonly #lingering = new Set<number>();
  #last = 0;

  /** `write` sends one line, without its end. */
  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** How many questions have no answer yet. */
  get open(): number {
    return this.#waiting.size;
  }

  /** Whether the process may still work at a question that was taken back. */
  get isLingering(): boolean {
    return this.#lingering.size > 0;
  }

  /** Throws what the process says is wrong; SlipwayError `unavailable` when it dies or the question is taken back. */
  ask<Q extends keyof T & string>(
    ask: Q,
    input: T[Q]['input'],
    hearing: Hearing<T[Q]['partial']> = {},
  ): Promise<T[Q]['answer']> {
    const { signal, onProgress, onPartial } = hearing;
    if (signal?.aborted) return Promise.reject(takenBack());
    this.#last += 1;
    const id = this.#last;
    const cancel = (): void => {
      this.#write(JSON.stringify({ cancel: id } satisfies Asks<T>));
      this.#lingering.add(id);
      this.#settle(id)?.reject(takenBack());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const answer = new Promise<T[Q]['answer']>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => resolve(value as T[Q]['answer']),
        reject,
        onProgress,
        onPartial: onPartial as Waiting['onPartial'],
      });
      this.#write(JSON.stringify({ id, ask, input } satisfies Asks<T>));
    });
    return answer.finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Takes one line of the process. What is no line of this conversation is left alone. */
  hear(line: string): void {
    const said = parsed(line);
    if (said === undefined) return;
    if ('result' in said || 'error' in said) this.#lingering.delete(said.id);
    if ('progress' in said) this.#waiting.get(said.id)?.onProgress?.(said.progress);
    else if ('partial' in said) this.#waiting.get(said.id)?.onPartial?.(said.partial as never);
    else if ('result' in said) this.#settle(said.id)?.resolve(said.result);
    else if ('error' in said) {
      const { code, message } = said.error;
      this.#settle(said.id)?.reject(code === null ? new Error(message) : new SlipwayError(code, message));
    }
  }

  /** The process is gone: nobody will answer. */
  end(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#lingering.clear();
    for (const each of waiting) each.reject(error);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

/** What whoever takes a question back hears. */
export function takenBack(): SlipwayError {
  return new SlipwayError('unavailable', 'This was cancelled.');
}

/** A process that is killed may leave half a line. */
function parsed(line: string): Says | undefined {
  try {
    return JSON.parse(line) as Says;
  } catch {
    return undefined;
  }
}
