// How the data process and whoever started it talk: a line of JSON each way, questions by number.
import { type ErrorCode, SlipwayError } from '../../base/errors';
import type { JobProgress } from '../jobs/job';
import type { DataAnswer, DataInput, DataPartial, DataQuestion } from './data-questions';

/** What the data process hears. */
export type DataAsks = { id: number; ask: DataQuestion; input: unknown } | { cancel: number };

/** What it says. The last line of a question is `result` or `error`. */
export type DataSays =
  | { id: number; progress: JobProgress }
  | { id: number; partial: unknown }
  | { id: number; result: unknown }
  | { id: number; error: { code: ErrorCode | null; message: string } };

/** As much of an AbortSignal as is needed: the protocol is clean of any runtime. */
export interface TakeBackSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What whoever asks may want to hear before the answer, and how it takes the question back. */
export interface Listening<Q extends DataQuestion> {
  signal?: TakeBackSignal | undefined;
  onProgress?: ((progress: JobProgress) => void) | undefined;
  onPartial?: ((partial: DataPartial<Q>) => void) | undefined;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress: ((progress: JobProgress) => void) | undefined;
  onPartial: ((partial: never) => void) | undefined;
}

/** The asking side of one data process. */
export class DataConversation {
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
  ask<Q extends DataQuestion>(ask: Q, input: DataInput<Q>, listening: Listening<Q> = {}): Promise<DataAnswer<Q>> {
    const { signal, onProgress, onPartial } = listening;
    if (signal?.aborted) return Promise.reject(takenBack());
    this.#last += 1;
    const id = this.#last;
    const cancel = (): void => {
      this.#write(JSON.stringify({ cancel: id } satisfies DataAsks));
      this.#lingering.add(id);
      this.#settle(id)?.reject(takenBack());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const answer = new Promise<DataAnswer<Q>>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => resolve(value as DataAnswer<Q>),
        reject,
        onProgress,
        onPartial: onPartial as Waiting['onPartial'],
      });
      this.#write(JSON.stringify({ id, ask, input } satisfies DataAsks));
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
    for (const each of waiting) each.reject(error);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

function takenBack(): SlipwayError {
  return new SlipwayError('unavailable', 'This was cancelled.');
}

/** A process that is killed may leave half a line. */
function parsed(line: string): DataSays | undefined {
  try {
    return JSON.parse(line) as DataSays;
  } catch {
    return undefined;
  }
}
