// Model processes, one per model: asked one thing at a time, ended when they overrun, recycled when the model's file changes.
import type { Disposable } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import { type Conversation, takenBack } from '../conversation/conversation';
import type { TakeBackSignal } from '../conversation/take-back';
import { overdueModel } from './model-process-end';
import type { ModelAnswer, ModelHearing, ModelInput, ModelQuestion, ModelQuestions } from './model-questions';

/** A started process. */
export interface ModelProcess {
  conversation: Conversation<ModelQuestions>;
  kill(): void;
}

/** What the pool needs of where it lives. Times are milliseconds. */
export interface PoolSurroundings {
  /** `onGone` is called when the process has ended. */
  start(onGone: () => void): Promise<ModelProcess>;
  /** Changes when the file at `path` does. */
  identity(path: string): Promise<string>;
  /** Calls `act` later; gives what calls it off. */
  after(milliseconds: number, act: () => void): () => void;
}

/** `deadline`: milliseconds from the beginning of the work until the process is ended; half a minute where nothing is said. */
export interface ModelAsking<Q extends ModelQuestion> extends ModelHearing<Q> {
  deadline?: number | undefined;
}

/** What is known of the processes of one model. */
export interface ModelProcessState {
  path: string;
  isRunning: boolean;
  /** How often its process was ended or died while it was needed. */
  restarts: number;
  /** How often of these because it overran its deadline. */
  timeouts: number;
}

const usualDeadline = 30_000;
const idleMilliseconds = 5 * 60_000;
/** From the wish to take a question back until its process is killed. A run hears no wish, what goes on in batches does. */
const patienceMilliseconds = 500;
const lookMilliseconds = 20;
const mostProcesses = 4;
/** Answered without loading the model, by a process for all files. */
const ofFiles: ReadonlySet<ModelQuestion> = new Set<ModelQuestion>([
  'outline',
  'form',
  'nodePage',
  'node',
  'drawing',
  'pickleScan',
  'goldenCases',
]);

/** Asks model processes. */
export class ModelPool implements Disposable {
  readonly #surroundings: PoolSurroundings;
  readonly #seats = new Map<string, Seat>();
  #isDisposed = false;

  constructor(surroundings: PoolSurroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * Asks about the model of `input.path`. Throws what the process says is wrong, and SlipwayError `unavailable` when it
   * overruns, dies, or is taken back.
   */
  async ask<Q extends ModelQuestion>(
    question: Q,
    input: ModelInput<Q>,
    asking: ModelAsking<Q> = {},
  ): Promise<ModelAnswer<Q>> {
    if (this.#isDisposed) throw new SlipwayError('unavailable', 'This is ending.');
    const isOfFiles = ofFiles.has(question);
    const key = isOfFiles ? '' : input.path;
    const identity = isOfFiles ? '' : await this.#surroundings.identity(input.path);
    return this.#seat(key).ask(question, input, { ...asking, identity });
  }

  /** Of every model that was asked for since the pool began. */
  get states(): ModelProcessState[] {
    return [...this.#seats].filter(([path]) => path !== '').map(([path, seat]) => ({ path, ...seat.state }));
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const seat of this.#seats.values()) seat.end();
  }

  #seat(key: string): Seat {
    const seat = this.#seats.get(key) ?? new Seat(this.#surroundings);
    // The one asked last comes last, so that the first that is at rest is the one to go.
    this.#seats.delete(key);
    this.#seats.set(key, seat);
    const running = [...this.#seats.values()].filter(({ state }) => state.isRunning);
    if (running.length >= mostProcesses && !seat.state.isRunning) running.find(({ isAtRest }) => isAtRest)?.end();
    return seat;
  }
}

/** The place of one process, which may be ended and started again. */
class Seat {
  readonly #surroundings: PoolSurroundings;
  #process: Promise<ModelProcess> | undefined;
  #identity = '';
  #before: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #restarts = 0;
  #timeouts = 0;
  #stopIdle: () => void = () => undefined;

  constructor(surroundings: PoolSurroundings) {
    this.#surroundings = surroundings;
  }

  get state(): Omit<ModelProcessState, 'path'> {
    return { isRunning: this.#process !== undefined, restarts: this.#restarts, timeouts: this.#timeouts };
  }

  get isAtRest(): boolean {
    return this.#waiting === 0;
  }

  async ask<Q extends ModelQuestion>(
    question: Q,
    input: ModelInput<Q>,
    asking: ModelAsking<Q> & { identity: string },
  ): Promise<ModelAnswer<Q>> {
    this.#waiting += 1;
    this.#stopIdle();
    const turn = this.#before.then(() => this.#askNow(question, input, asking));
    // What was taken back may still be worked at: the next question must not be ended with it.
    this.#before = turn.then(
      () => undefined,
      () => this.#atRest(),
    );
    try {
      return await this.#unlessTakenBack(turn, asking.signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#rest();
    }
  }

  /** A question that waits for its turn hears at once that nobody wants it any more. */
  #unlessTakenBack<T>(turn: Promise<T>, signal: TakeBackSignal | undefined): Promise<T> {
    if (signal === undefined) return turn;
    return new Promise((resolve, reject) => {
      const taken = (): void => reject(takenBack());
      signal.addEventListener('abort', taken, { once: true });
      turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', taken));
    });
  }

  #rest(): void {
    this.#stopIdle();
    this.#stopIdle = this.#surroundings.after(idleMilliseconds, () => {
      if (this.isAtRest) this.end();
    });
  }

  /** Waits until nothing taken back is worked at, and ends a process that does not hear. */
  async #atRest(): Promise<void> {
    const running = this.#process;
    const process = await running?.catch(() => undefined);
    for (let waited = 0; process?.conversation.isLingering; waited += lookMilliseconds) {
      if (waited >= patienceMilliseconds) {
        this.#kill(running, process);
        return;
      }
      await new Promise<void>((done) => this.#surroundings.after(lookMilliseconds, done));
    }
  }

  async #askNow<Q extends ModelQuestion>(
    question: Q,
    input: ModelInput<Q>,
    { identity, deadline = usualDeadline, signal, ...hearing }: ModelAsking<Q> & { identity: string },
  ): Promise<ModelAnswer<Q>> {
    if (signal?.aborted) throw takenBack();
    if (identity !== this.#identity) this.end();
    this.#identity = identity;
    const running = this.#ensured();
    const process = await running;
    let isOverdue = false;
    const callOff = this.#surroundings.after(deadline, () => {
      isOverdue = true;
      this.#timeouts += 1;
      this.#kill(running, process);
    });
    try {
      return await process.conversation.ask(question, input, { ...hearing, signal });
    } catch (error) {
      throw isOverdue ? overdueModel(deadline) : error;
    } finally {
      callOff();
    }
  }

  #ensured(): Promise<ModelProcess> {
    if (this.#process !== undefined) return this.#process;
    const starting = this.#surroundings.start(() => {
      if (this.#process !== starting) return;
      this.#process = undefined;
      this.#restarts += 1;
    });
    this.#process = starting;
    starting.catch(() => {
      if (this.#process === starting) this.#process = undefined;
    });
    return starting;
  }

  #kill(running: Promise<ModelProcess> | undefined, { kill }: ModelProcess): void {
    // Another may have been started since.
    if (this.#process === running) this.#process = undefined;
    this.#restarts += 1;
    kill();
  }

  /** Ends the process; the next question starts another. */
  end(): void {
    this.#stopIdle();
    const ending = this.#process;
    this.#process = undefined;
    ending?.then(
      ({ kill }) => kill(),
      () => undefined,
    );
  }
}
