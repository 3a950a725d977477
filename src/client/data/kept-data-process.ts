// A data process of the editor's own, for tables of folders that have no engine: there while it is asked, gone after a
// minute without a question.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Disposable } from '../../base/disposable';
import { messageOf, SlipwayError } from '../../base/errors';
import { DataConversation, type Listening } from '../../protocol/datasets/data-conversation';
import { endedProcess } from '../../protocol/datasets/data-process-end';
import type { DataAnswer, DataInput, DataQuestion } from '../../protocol/datasets/data-questions';
import { chooseNode, type NodeChoiceOptions } from '../node-choice';

const idleMilliseconds = 60_000;
/** From the wish to take a question back until its process is killed: DuckDB mostly hears sooner. */
const patienceMilliseconds = 1500;

interface Running {
  child: ChildProcess;
  conversation: DataConversation;
}

/** One process, which may be asked several things at once. */
export class KeptDataProcess implements Disposable {
  readonly #options: () => NodeChoiceOptions;
  #running: Promise<Running> | undefined;
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** `options` are asked for whenever a process is started. */
  constructor(options: () => NodeChoiceOptions) {
    this.#options = options;
  }

  /** Throws what is wrong with the table, and SlipwayError `unavailable` when it is taken back or the process dies. */
  async ask<Q extends DataQuestion>(
    question: Q,
    input: DataInput<Q>,
    listening: Listening<Q> = {},
  ): Promise<DataAnswer<Q>> {
    if (this.#isDisposed) throw new SlipwayError('unavailable', 'The window is closing.');
    clearTimeout(this.#idle);
    const { child, conversation } = await this.#ensured();
    const cancelled = (): void => {
      setTimeout(() => conversation.isLingering && child.kill('SIGKILL'), patienceMilliseconds).unref();
    };
    listening.signal?.addEventListener('abort', cancelled, { once: true });
    const answered = conversation.ask(question, input, listening);
    try {
      return await answered;
    } finally {
      listening.signal?.removeEventListener('abort', cancelled);
      if (conversation.open === 0) this.#rest();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  async #ensured(): Promise<Running> {
    this.#running ??= this.#start();
    const running = this.#running;
    try {
      return await running;
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      throw error;
    }
  }

  async #start(): Promise<Running> {
    const options = this.#options();
    const node = await chooseNode(options);
    const child = spawn(node.command, [`${options.bundle}/data.js`], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...node.env },
      windowsHide: true,
    });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    const conversation = new DataConversation((line) => child.stdin.write(`${line}\n`));
    createInterface({ input: child.stdout }).on('line', (line) => conversation.hear(line));
    const end = (how: string): void => {
      // Another may have been started since.
      if (this.#child === child) this.#running = undefined;
      conversation.end(endedProcess(how));
    };
    child.once('error', (error) => end(messageOf(error)));
    child.once('close', (code, signal) => end(signal ?? `exit code ${code}`));
    return { child, conversation };
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
