// What the window has loaded of one folder's runs: pages, newest first, kept while the engine is away.
import type { EngineClient } from '../../client/engine-client';
import type { Experiment, RunSummary } from '../../protocol/run';
import type { EngineSession } from '../session/engine-session';
import type { ExperimentNode, MoreNode, RunNode, RunsNode } from './run-node';

const pageSize = 50;
/** The most runs one request may ask for; beyond it a refresh walks pages. */
const requestLimit = 500;

interface LoadedRuns {
  nodes: RunNode[];
  total: number;
  next: string | null;
}

/** The experiments and the loaded pages of runs of one folder. */
export class FolderRuns {
  readonly #session: EngineSession;
  readonly #experiments = new Map<string, ExperimentNode>();
  readonly #runs = new Map<string, RunNode>();
  readonly #loaded = new Map<string, LoadedRuns>();
  /** The last piece of work of each experiment: pages are fetched one after the other. */
  readonly #queues = new Map<string, Promise<void>>();
  #recordedRunning: RunNode[] = [];
  #isLoaded = false;

  constructor(session: EngineSession) {
    this.#session = session;
  }

  /** Whether the experiments have ever been fetched. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Experiments that hold runs, plus empty ones that a person made. */
  get experiments(): ExperimentNode[] {
    return [...this.#experiments.values()].filter(
      ({ experiment }) => experiment.runCount > 0 || experiment.experimentId !== '0',
    );
  }

  get runCount(): number {
    return sum(this.#experiments, (experiment) => experiment.runCount);
  }

  get runningCount(): number {
    return sum(this.#experiments, (experiment) => experiment.runningCount);
  }

  /** Loaded runs that are running now, for the ticking of their durations. */
  get running(): RunNode[] {
    return [...this.#loaded.values()].flatMap(({ nodes }) => nodes.filter(({ run }) => run.state === 'running'));
  }

  /** Running runs that Slipway itself records and can stop. */
  get recordedRunning(): readonly RunNode[] {
    return this.#recordedRunning;
  }

  /** Fetches the experiments; returns those whose counts or times changed, and whether the list itself did. */
  async refreshExperiments(client: EngineClient): Promise<{ listChanged: boolean; changed: ExperimentNode[] }> {
    const fetched = await allExperiments(client);
    const before = this.#shown();
    const changed: ExperimentNode[] = [];
    const old = new Map(this.#experiments);
    this.#experiments.clear();
    for (const experiment of fetched) {
      const node = old.get(experiment.experimentId) ?? { kind: 'experiment', session: this.#session, experiment };
      if (JSON.stringify(node.experiment) !== JSON.stringify(experiment)) changed.push(node);
      node.experiment = experiment;
      this.#experiments.set(experiment.experimentId, node);
    }
    const isFirst = !this.#isLoaded;
    this.#isLoaded = true;
    await this.#refreshRecorded(client);
    return { listChanged: isFirst || before !== this.#shown(), changed };
  }

  /** Fetches again what is loaded of an experiment's runs. */
  refreshRuns(client: EngineClient, experimentId: string): Promise<void> {
    return this.#queued(experimentId, async () => {
      const wanted = Math.max(this.#loaded.get(experimentId)?.nodes.length ?? 0, pageSize);
      const result: LoadedRuns = { nodes: [], total: 0, next: null };
      do {
        const limit = Math.min(requestLimit, wanted - result.nodes.length);
        await this.#fetch(client, { experimentId, limit }, result);
      } while (result.next !== null && result.nodes.length < wanted);
      this.#loaded.set(experimentId, result);
      this.#prune();
    });
  }

  /** Adds one page to an experiment's runs. */
  loadMore(client: EngineClient, experimentId: string): Promise<void> {
    return this.#queued(experimentId, async () => {
      const result = this.#loaded.get(experimentId);
      if (result?.next) await this.#fetch(client, { experimentId, limit: pageSize }, result);
    });
  }

  /** True when an opened experiment shows one of these runs. */
  holds(experimentId: string, runIds: ReadonlySet<string>): boolean {
    return this.#loaded.get(experimentId)?.nodes.some(({ run }) => runIds.has(run.runId)) ?? false;
  }

  isOpened(experimentId: string): boolean {
    return this.#loaded.has(experimentId);
  }

  /** The rows below an experiment, as far as loaded. */
  children(experimentId: string): RunsNode[] {
    const loaded = this.#loaded.get(experimentId);
    if (loaded === undefined) return [];
    const left = loaded.total - loaded.nodes.length;
    if (loaded.next === null || left <= 0) return loaded.nodes;
    const more: MoreNode = { kind: 'more', session: this.#session, experimentId, left };
    return [...loaded.nodes, more];
  }

  /** The experiments that have a row, as one text. */
  #shown(): string {
    return this.experiments.map(({ experiment }) => experiment.experimentId).join();
  }

  async #fetch(client: EngineClient, query: { experimentId: string; limit: number }, into: LoadedRuns): Promise<void> {
    const page = await client.api.runs.list.query({ ...query, page: into.next });
    // A run that began between two pages shifts the later ones, so a page may repeat a row.
    const known = new Set(into.nodes.map(({ run }) => run.runId));
    into.nodes.push(...page.items.filter(({ runId }) => !known.has(runId)).map((run) => this.#node(run)));
    into.total = page.total;
    into.next = page.next;
  }

  #queued(experimentId: string, work: () => Promise<void>): Promise<void> {
    const done = (this.#queues.get(experimentId) ?? Promise.resolve()).then(work);
    this.#queues.set(
      experimentId,
      done.catch(() => undefined),
    );
    return done;
  }

  /** Forgets runs and experiments that no row shows any more. */
  #prune(): void {
    for (const id of [...this.#loaded.keys()]) {
      if (!this.#experiments.has(id)) this.#loaded.delete(id);
    }
    const shown = new Set([...this.#loaded.values()].flatMap(({ nodes }) => nodes.map(({ run }) => run.runId)));
    for (const { run } of this.#recordedRunning) shown.add(run.runId);
    for (const id of [...this.#runs.keys()]) if (!shown.has(id)) this.#runs.delete(id);
  }

  async #refreshRecorded(client: EngineClient): Promise<void> {
    if (this.runningCount === 0) {
      this.#recordedRunning = [];
      return;
    }
    const page = await client.api.runs.list.query({ states: ['running'], limit: 100 });
    this.#recordedRunning = page.items.filter((run) => run.recorded).map((run) => this.#node(run));
  }

  #node(run: RunSummary): RunNode {
    const node = this.#runs.get(run.runId) ?? { kind: 'run', session: this.#session, run };
    node.run = run;
    this.#runs.set(run.runId, node);
    return node;
  }
}

async function allExperiments(client: EngineClient): Promise<Experiment[]> {
  const found: Experiment[] = [];
  let page: string | null = null;
  do {
    const answer: { items: Experiment[]; next: string | null } = await client.api.experiments.list.query({
      limit: requestLimit,
      page,
    });
    found.push(...answer.items);
    page = answer.next;
  } while (page !== null && found.length < 5000);
  return found;
}

function sum(nodes: ReadonlyMap<string, ExperimentNode>, count: (experiment: Experiment) => number): number {
  let total = 0;
  for (const node of nodes.values()) total += count(node.experiment);
  return total;
}
