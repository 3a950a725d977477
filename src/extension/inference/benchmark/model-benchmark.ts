// The host's side of timing a model: it goes on while the page is hidden, and ends with it.
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { l10n, Uri, workspace } from 'vscode';
import type { Disposable } from '../../../base/disposable';
import { messageOf, SlipwayError } from '../../../base/errors';
import { keepBenchmark } from '../../../client/benchmark/benchmark-run';
import { modelWork } from '../../../client/model/model-work';
import type { NodeChoiceOptions } from '../../../client/node-choice';
import type { Benchmark, BenchmarkCell } from '../../../protocol/inference/benchmark/benchmark';
import type {
  BenchmarkAsk,
  BenchmarkAsks,
  BenchmarkOutcome,
  BenchmarkPlan,
  BenchmarkState,
  BenchmarkWork,
} from '../../../protocol/inference/benchmark/benchmark-panel';
import { handRuns } from '../../picking/hand-runs';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
import type { GoingWork, WorkEnd } from '../kept-works';
import { type ModelMemory, stampOf } from '../model-memory';

/** What is kept of the last benchmark; `stamp` is that of the model as it was. */
export interface KeptBenchmark extends Omit<BenchmarkOutcome, 'isStale'> {
  stamp: string;
}

/** `path` is the model's; `node`: which Node runs what is started here. */
export interface ModelBenchmarkOptions {
  path: string;
  sessions: EngineSessions;
  node: () => NodeChoiceOptions;
  memory: ModelMemory<KeptBenchmark>;
}

type Answers = {
  [Q in BenchmarkAsk]: (input: BenchmarkAsks[Q]['input']) => Promise<BenchmarkAsks[Q]['answer']>;
};

interface Going {
  abort: AbortController;
  began: number;
  total: number;
  cells: BenchmarkCell[];
  ended: Promise<WorkEnd>;
}

/** As on the command line: each measurement ends at the first of them. */
const most = { runs: 1000, milliseconds: 2000 };

const mostEarlier = 20;

/** Answers the page of one model. */
export class ModelBenchmark implements Disposable {
  readonly #options: ModelBenchmarkOptions;
  #going: Going | undefined;
  #ended: Exclude<BenchmarkWork, { kind: 'works' }> = { kind: 'rests' };

  constructor(options: ModelBenchmarkOptions) {
    this.#options = options;
  }

  /** Undefined for a question that is not about speed. */
  ask(name: string, input: unknown): Promise<unknown> | undefined {
    if (!Object.hasOwn(this.#answers, name)) return undefined;
    if (name !== 'benchmark' && !workspace.isTrusted) {
      return Promise.reject(new SlipwayError('forbidden', l10n.t('Models are run in trusted folders only.')));
    }
    // The page is ours and its input typed.
    return this.#answers[name as BenchmarkAsk](input as never);
  }

  dispose(): void {
    this.#going?.abort.abort();
  }

  readonly #answers: Answers = {
    benchmark: async () => this.#state,
    startBenchmark: async (plan) => {
      if (this.#going === undefined) this.#begin(plan);
      return null;
    },
    stopBenchmark: async () => {
      this.#going?.abort.abort();
      return null;
    },
    earlierBenchmarks: async () => {
      const runId = this.#kept?.runId;
      const client = this.#session?.client;
      if (runId == null || client === undefined) return [];
      const { items } = await client.api.runs.list.query({
        tags: [{ key: 'slipway.kind', value: 'benchmark' }],
        states: ['finished'],
        where: [{ of: 'param', key: 'model', is: '=', value: basename(this.#options.path) }],
        ...{ limit: mostEarlier, page: null },
      });
      return items.filter((run) => run.runId !== runId).map((run) => ({ runId: run.runId, time: run.startTime }));
    },
    openBenchmark: async () => {
      await this.#hand('slipway.openThisRun', [this.#requiredRun()]);
      return null;
    },
    compareBenchmark: async ({ runId }) => {
      await this.#hand('slipway.compareRuns', [runId, this.#requiredRun()]);
      return null;
    },
  };

  get #kept(): KeptBenchmark | undefined {
    return this.#options.memory.of(this.#options.path);
  }

  get #session(): EngineSession | undefined {
    return this.#options.sessions.holding(Uri.file(this.#options.path));
  }

  get #state(): BenchmarkState {
    const { stamp, ...outcome } = this.#kept ?? {};
    const known = 'benchmark' in outcome ? { ...outcome, isStale: stamp !== stampOf(this.#options.path) } : null;
    return { threads: availableParallelism(), work: this.#work, outcome: known };
  }

  get #work(): BenchmarkWork {
    if (this.#going === undefined) return this.#ended;
    const { abort, began, total, cells } = this.#going;
    const milliseconds = Date.now() - began;
    return { kind: 'works', done: cells.length, total, milliseconds, isStopping: abort.signal.aborted, cells };
  }

  /** What goes on now, for whoever shows it in place of the page. */
  get work(): GoingWork | undefined {
    const going = this.#going;
    if (going === undefined) return undefined;
    return {
      title: l10n.t('Benchmark'),
      get progress() {
        return { what: '', done: going.cells.length, total: going.total };
      },
      ended: going.ended,
      stop: () => going.abort.abort(),
    };
  }

  #begin(plan: BenchmarkPlan): void {
    const total = plan.batches.length * plan.threads.length;
    const going = { abort: new AbortController(), began: Date.now(), total, cells: [] };
    this.#going = Object.assign(going, { ended: this.#time(plan, going) });
  }

  async #time(plan: BenchmarkPlan, { abort: { signal }, began, cells }: Omit<Going, 'ended'>): Promise<WorkEnd> {
    const { path, memory, node } = this.#options;
    const stamp = stampOf(path);
    try {
      const onPartial = (cell: BenchmarkCell): unknown => cells.push(cell);
      const hearing = { node: node(), signal, onPartial };
      const benchmark = await modelWork('benchmark', { path, given: null, ...plan, ...most }, hearing);
      memory.keep(path, { benchmark, time: Date.now(), stamp, ...(await this.#recorded(benchmark, began)) });
      this.#ended = { kind: 'rests' };
      return { kind: 'done' };
    } catch (error) {
      const message = messageOf(error);
      const end = signal.aborted ? ({ kind: 'cancelled' } as const) : ({ kind: 'failed', message } as const);
      this.#ended = { ...end, cells };
      return end;
    } finally {
      this.#going = undefined;
    }
  }

  /** A benchmark that cannot be kept in the workspace is still right. */
  async #recorded(benchmark: Benchmark, began: number): Promise<{ runId: string | null; why: string }> {
    const session = this.#session;
    if (session === undefined || session.state.kind === 'uninitialized') {
      return { runId: null, why: l10n.t('This folder is no Slipway workspace, so no run keeps it.') };
    }
    try {
      return { runId: await keepBenchmark(await session.awaitClient(), benchmark, began), why: '' };
    } catch (error) {
      return { runId: null, why: l10n.t('No run keeps it. {0}', messageOf(error)) };
    }
  }

  #requiredRun(): string {
    const runId = this.#kept?.runId;
    if (runId == null) throw new SlipwayError('not-found', l10n.t('No run keeps this benchmark.'));
    return runId;
  }

  /** Calls a command of the Runs view as it is called from its menu. */
  async #hand(command: string, runIds: readonly string[]): Promise<void> {
    const session = this.#session;
    if (session === undefined) throw new SlipwayError('not-found', l10n.t('Open the folder of this run to see it.'));
    await handRuns(session, command, runIds);
  }
}
