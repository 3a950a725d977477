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

/** One process, which may be asked several things at once. */
export class KeptProcess<T extends QuestionTable<T>> implements Disposable {
  readonly #program: AskedProgram;
  readonly #options: () => NodeChoiceOptions;
  #running: Promise<AskedProcess<T>> | undefined;
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
    clearTimeout(this.#idle);
    const { child, conversation } = await this.#ensured();
    const cancelled = (): void => {
      setTimeout(() => conversation.isLingering && child.kill('SIGKILL'), patienceMilliseconds).unref();
    };
    hearing.signal?.addEventListener('abort', cancelled, { once: true });
    const answered = conversation.ask(question, input, hearing);
    try {
      return await answered;
    } finally {
      hearing.signal?.removeEventListener('abort', cancelled);
      if (conversation.open === 0) this.#rest();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  async #ensured(): Promise<AskedProcess<T>> {
    this.#running ??= this.#start();
    const running = this.#running;
    try {
      return await running;
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
