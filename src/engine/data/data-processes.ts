// The engine's data processes: started when something is asked, gone when nothing was asked for a while. Pages of a table
// and long work have one each, so that a person who scrolls does not wait for a profile.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Disposable } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import { LineProcess } from '../../platform/process/line-process';
import { Conversation } from '../../protocol/conversation/conversation';
import { dataProgram, endedProcess } from '../../protocol/datasets/data-process';
import type {
  DataAnswer,
  DataInput,
  DataQuestion,
  DataQuestions,
  Listening,
} from '../../protocol/datasets/data-questions';

const script = join(__dirname, dataProgram.script);
const idleMilliseconds = 60_000;
/** From the wish to take a question back until its process is killed: DuckDB mostly hears sooner. */
const patienceMilliseconds = 1500;

/** Which process answers. */
export type DataLane = 'pages' | 'work';

/** Asks the data processes. */
export class DataProcesses implements Disposable {
  readonly #lanes: Record<DataLane, Lane> = { pages: new Lane(), work: new Lane() };

  /** Throws what is wrong with the table, and SlipwayError `unavailable` when it is cancelled or its process dies. */
  ask<Q extends DataQuestion>(
    ask: Q,
    input: DataInput<Q>,
    { lane = 'work', ...listening }: Listening<Q> & { lane?: DataLane } = {},
  ): Promise<DataAnswer<Q>> {
    return this.#lanes[lane].ask(ask, input, listening);
  }

  /** Ids of the processes that live. */
  get pids(): number[] {
    return Object.values(this.#lanes).flatMap(({ pid }) => pid ?? []);
  }

  dispose(): void {
    for (const lane of Object.values(this.#lanes)) lane.dispose();
  }
}

/** One process, which answers one question after the other. */
class Lane implements Disposable {
  #process: LineProcess | undefined;
  #conversation: Conversation<DataQuestions> | undefined;
  #idle: NodeJS.Timeout | undefined;
  #before: Promise<unknown> = Promise.resolve();

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  ask<Q extends DataQuestion>(ask: Q, input: DataInput<Q>, listening: Listening<Q>): Promise<DataAnswer<Q>> {
    const turn = this.#before.then(() => this.#askNow(ask, input, listening));
    // A question that was taken back may still be worked at: the next one must not be ended with it.
    this.#before = turn.catch(() => this.#atRest());
    return turn;
  }

  /** Waits until nothing taken back is worked at, and ends a process that does not hear. */
  async #atRest(): Promise<void> {
    const [process, conversation] = [this.#process, this.#conversation];
    const until = Date.now() + patienceMilliseconds;
    while (conversation?.isLingering && this.#process === process) {
      if (Date.now() >= until) {
        process?.kill();
        this.#forget();
        return;
      }
      await setTimeout(20);
    }
  }

  async #askNow<Q extends DataQuestion>(ask: Q, input: DataInput<Q>, listening: Listening<Q>): Promise<DataAnswer<Q>> {
    clearTimeout(this.#idle);
    const conversation = this.#conversation ?? this.#start();
    try {
      return await conversation.ask(ask, input, listening);
    } finally {
      this.#idle = globalThis.setTimeout(() => this.dispose(), idleMilliseconds);
      this.#idle.unref();
    }
  }

  #start(): Conversation<DataQuestions> {
    const process = new LineProcess({
      command: globalThis.process.execPath,
      args: [...dataProgram.flags, script],
      env: globalThis.process.env,
      onLine: (line) => conversation.hear(line),
      onEnd: (how) => {
        conversation.end(endedProcess(how));
        if (this.#process === process) this.#forget();
      },
    });
    const conversation = new Conversation<DataQuestions>((line) => process.write(line));
    this.#process = process;
    this.#conversation = conversation;
    return conversation;
  }

  #forget(): void {
    this.#process = undefined;
    this.#conversation = undefined;
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.#process?.kill();
    this.#conversation?.end(new SlipwayError('unavailable', 'The engine is ending.'));
    this.#forget();
  }
}
