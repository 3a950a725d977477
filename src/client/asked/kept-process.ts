// A process of the editor's own, for files of folders that have no engine: there while it is asked, gone after a minute
// without a question.
import type { Disposable } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { Hearing, QuestionTable } from '../../protocol/conversation/conversation';
import type { NodeChoiceOptions } from '../node-choice';
import { type AskedProcess, type AskedProgram, startAsked } from './asked-process';

const idleMilliseconds = 60_000;
/** From the wish to take a question back until its process is killed: it mostly hears sooner. */
const patienceMilliseconds = 1500;

/** One process at a time, which may be asked several things at once: a question may be asked anew, and then tells its progress anew. */
export class KeptProcess<T extends QuestionTable<T>> implements Disposable {
  readonly #program: AskedProgram;
  readonly #options: () => NodeChoiceOptions;
  readonly #dropped = new WeakSet<AskedProcess<T>>();
  #running: Promise<AskedProcess<T>> | undefined;
  #current: AskedProcess<T> | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** `options` are asked for whenever a process is started. */
  constructor(program: AskedProgram, options: () => NodeChoiceOptions) {
    this.#program = program;
    this.#options = options;
  }

  /** Throws what the process says is wrong, and SlipwayError `unavailable` when it is taken back or the process dies. */
  async ask<Q extends keyof T & string>(
    question: Q,
    input: T[Q]['input'],
    hearing: Hearing<T[Q]['partial']> = {},
  ): Promise<T[Q]['answer']> {
    if (this.#isDisposed) throw new SlipwayError('unavailable', 'The window is closing.');
    for (;;) {
      clearTimeout(this.#idle);
      const asked = await this.#ensured();
      try {
        return await this.#askOf(asked, question, input, hearing);
      } catch (error) {
        // It was ended for the sake of another question: this one is asked anew.
        if (!this.#dropped.has(asked) || hearing.signal?.aborted || this.#isDisposed) throw error;
      }
    }
  }

  async #askOf<Q extends keyof T & string>(
    asked: AskedProcess<T>,
    question: Q,
    input: T[Q]['input'],
    hearing: Hearing<T[Q]['partial']>,
  ): Promise<T[Q]['answer']> {
    const { conversation } = asked;
    const cancelled = (): void => {
      setTimeout(() => conversation.isLingering && this.#drop(asked), patienceMilliseconds).unref();
    };
    hearing.signal?.addEventListener('abort', cancelled, { once: true });
    try {
      return await conversation.ask(question, input, hearing);
    } finally {
      hearing.signal?.removeEventListener('abort', cancelled);
      if (conversation.open === 0 && !this.#dropped.has(asked)) this.#rest();
    }
  }

  /** Ends a process that goes on with what was taken back. What else it was asked is asked of the next one. */
  #drop(asked: AskedProcess<T>): void {
    this.#dropped.add(asked);
    if (this.#current === asked) this.#running = undefined;
    asked.child.kill('SIGKILL');
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  async #ensured(): Promise<AskedProcess<T>> {
    this.#running ??= this.#start();
    const running = this.#running;
    try {
      const current = await running;
      if (this.#running === running) this.#current = current;
      return current;
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      throw error;
    }
  }

  #start(): Promise<AskedProcess<T>> {
    const starting = startAsked<T>(this.#program, this.#options(), 'ignore');
    // Another may have been started when this one's end is heard.
    const gone = (): void => {
      if (this.#running === starting) this.#running = undefined;
    };
    void starting.then(
      ({ child }) => child.once('error', gone).once('close', gone),
      () => undefined,
    );
    return starting;
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), idleMilliseconds);
    this.#idle.unref();
  }

  #end(): void {
    clearTimeout(this.#idle);
    void this.#running?.then(({ child }) => child.kill('SIGKILL')).catch(() => undefined);
    this.#running = undefined;
  }
}
