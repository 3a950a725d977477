// What the window has loaded of one folder's runs, kept while the engine is away: below its experiments, or what a
// filter finds in all of them; and the trash.
import type { EngineClient } from '../../client/engine-client';
import type { RunQuery } from '../../protocol/api';
import { everyPage } from '../../protocol/every-page';
import type { Experiment, RunSummary } from '../../protocol/run';
import type { RunChange } from '../../protocol/runs/run-change';
import type { RunsListing } from '../filter/runs-listing';
import type { EngineSession } from '../session/engine-session';
import { type Expectation, ExpectedChanges } from './expected-changes';
import type { ExperimentNode, RunNode, RunsNode, TrashNode } from './run-node';
import { RunPages } from './run-pages';

const requestLimit = 500;
const mostExperiments = 5000;
const foundKey = 'found';
const trashKey = 'trash';
/** What the key of the list of a run's children begins with, before its id. */
const below = 'below/';

/** What of a folder to look at again: everything, or what shows these runs. */
export interface Renewal {
  all: boolean;
  runIds: ReadonlySet<string>;
  /** False while nobody sees the rows: then only their numbers matter. */
  isVisible: boolean;
}

interface Asked {
  all: boolean;
  runIds: ReadonlySet<string>;
  /** The experiments whose counts or times changed. */
  isNew: ReadonlySet<string>;
}

/** The rows of one folder: loaded as they are opened, renewed when the engine has news. */
export class FolderRuns {
  readonly #session: EngineSession;
  readonly #listing: RunsListing;
  readonly #experiments = new Map<string, ExperimentNode>();
  readonly #runs = new Map<string, RunNode>();
  readonly #pages = new Map<string, RunPages>();
  readonly #below = new Map<string, RunPages>();
  readonly #expected = new ExpectedChanges();
  readonly #found: RunPages;
  readonly #trash: RunPages;
  readonly #trashNode: TrashNode;
  #recordedRunning: RunNode[] = [];
  #archivedCount = 0;
  #isLoaded = false;
  #showsFound = false;

  constructor(session: EngineSession, listing: RunsListing) {
    this.#session = session;
    this.#listing = listing;
    this.#found = this.#list(() => ({ ...listing.filter, sort: listing.sort }));
    this.#trashNode = { kind: 'trash', session, count: 0 };
    const thrownAway = new Map<string, RunNode>();
    this.#trash = new RunPages({
      query: () => ({ deleted: true, archived: 'with' }),
      node: (run) => nodeIn(thrownAway, session, run),
    });
  }

  /** Whether the experiments have ever been fetched. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Runs that are neither archived nor in the trash. */
  get runCount(): number {
    return sum(this.#experiments, (experiment) => experiment.runCount);
  }

  /** Those of them that are running now. */
  get runningCount(): number {
    return sum(this.#experiments, (experiment) => experiment.runningCount);
  }

  /** How many runs the filter finds; undefined without one. */
  get foundCount(): number | undefined {
    return this.#showsFound ? this.#found.total : undefined;
  }

  /** Whether the filter looks among archived runs too. */
  get countsArchived(): boolean {
    return (this.#listing.filter.archived ?? 'without') !== 'without';
  }

  /** Archived runs; known only while there are no others, or the filter looks among them. */
  get archivedCount(): number {
    return this.#archivedCount;
  }

  /** Runs in the trash. */
  get trashCount(): number {
    return this.#trashNode.count;
  }

  /** Loaded runs that are running now, for the ticking of their durations. */
  get running(): RunNode[] {
    const shown = this.#showsFound ? [this.#found] : [...this.#pages.values(), ...this.#below.values()];
    return shown.flatMap(({ nodes }) => nodes.filter(({ run }) => run.state === 'running'));
  }

  /** Running runs that Slipway itself records and can stop. */
  get recordedRunning(): readonly RunNode[] {
    return this.#recordedRunning;
  }

  /** The folder's first rows. A filter that finds nothing leaves none, so that the view can say so. */
  get roots(): RunsNode[] {
    const trash = this.#trashNode.count > 0 ? [this.#trashNode] : [];
    if (!this.#showsFound) return [...this.#shownExperiments(), ...trash];
    if (this.#found.total === 0) return [];
    return [...this.#shownExperiments(), ...this.#more(foundKey), ...trash];
  }

  /** The rows below another, as far as loaded. */
  children(node: RunsNode): RunsNode[] {
    if (node.kind === 'trash')
      return [...this.#trash.nodes.filter(({ run }) => run.deletedTime !== null), ...this.#more(trashKey)];
    if (node.kind === 'run') return node.opens === true ? this.#listed(keyBelow(node.run)) : [];
    if (node.kind !== 'experiment') return [];
    const { experimentId } = node.experiment;
    return this.#showsFound ? this.#foundIn(experimentId) : this.#listed(experimentId);
  }

  /** True when somebody looked below a node, whether rows could be had or not. */
  isOpened(node: RunsNode): boolean {
    return this.#isFound(node) || this.#listBelow(node)?.isWanted === true;
  }

  /**
   * Fetches the first page of the rows below a node where they are not there, once an engine that is on its way answers.
   * Rejects with SlipwayError when none does.
   */
  async open(node: RunsNode): Promise<void> {
    const list = this.#listBelow(node);
    if (list === undefined || list.isLoaded || this.#isFound(node)) return;
    list.want();
    await list.refresh(await this.#session.awaitClient());
  }

  /** Adds one page to the list that a "Load more" row names. */
  async loadMore(client: EngineClient, key: string): Promise<void> {
    await this.#pagesOf(key).loadMore(client);
    this.#countFound();
  }

  /** Looks again at what an event was about. */
  async refresh(client: EngineClient, { all, runIds, isVisible }: Renewal): Promise<void> {
    const isNew = await this.#refreshExperiments(client);
    await this.#refreshCounts(client);
    const { isFiltered } = this.#listing;
    if (isFiltered && (isVisible || !this.#found.isLoaded)) await this.#found.refresh(client);
    this.#showsFound = isFiltered;
    this.#countFound();
    if (isVisible && !isFiltered) await this.#refreshExperimentRuns(client, { all, runIds, isNew });
    if (isVisible && this.#trash.isWanted) await this.#trash.refresh(client);
    this.#isLoaded = true;
    this.#prune();
    for (const node of this.#runs.values()) this.#opening(node);
  }

  /** Shows changes before the engine has made them. */
  expect(changes: readonly RunChange[]): Expectation {
    const expectations = changes.flatMap((change) => {
      const node = this.#runs.get(change.runId);
      return node === undefined ? [] : [this.#expected.expect(node, change)];
    });
    return {
      settle: () => {
        for (const each of expectations) each.settle();
      },
      revert: () => {
        for (const each of expectations.reverse()) each.revert();
      },
    };
  }

  /** What stands below an experiment while a filter is set came with all that it found. */
  #isFound({ kind }: RunsNode): boolean {
    return kind === 'experiment' && this.#showsFound;
  }

  #listBelow(node: RunsNode): RunPages | undefined {
    if (node.kind === 'trash') return this.#trash;
    if (node.kind === 'run') return this.#pagesOf(keyBelow(node.run));
    return node.kind === 'experiment' ? this.#pagesOf(node.experiment.experimentId) : undefined;
  }

  #shownExperiments(): ExperimentNode[] {
    const all = [...this.#experiments.values()];
    // MLflow's own experiment 0 is there before anybody asked for it.
    if (!this.#showsFound)
      return all.filter(({ experiment }) => experiment.runCount > 0 || experiment.experimentId !== '0');
    return all.filter(({ found }) => found !== null && found.count > 0);
  }

  #foundIn(experimentId: string): RunNode[] {
    return this.#found.nodes.filter(({ run }) => run.experimentId === experimentId && this.#isListed(run));
  }

  #countFound(): void {
    const isAll = this.#found.left === 0;
    for (const node of this.#experiments.values()) {
      const count = this.#showsFound ? this.#foundIn(node.experiment.experimentId).length : 0;
      node.found = this.#showsFound ? { count, isAll } : null;
    }
  }

  /** False for a run that the user has just put away. */
  #isListed(run: RunSummary): boolean {
    const { archived = 'without' } = this.#listing.filter;
    return run.deletedTime === null && (archived === 'with' || run.archived === (archived === 'only'));
  }

  #listed(key: string): RunsNode[] {
    return [...this.#pagesOf(key).nodes.filter(({ run }) => this.#isListed(run)), ...this.#more(key)];
  }

  #more(key: string): RunsNode[] {
    const { left } = this.#pagesOf(key);
    return left > 0 ? [{ kind: 'more', session: this.#session, key, left }] : [];
  }

  #pagesOf(key: string): RunPages {
    if (key === foundKey) return this.#found;
    if (key === trashKey) return this.#trash;
    const runId = key.startsWith(below) ? key.slice(below.length) : null;
    const kept = runId === null ? this.#pages : this.#below;
    let pages = kept.get(runId ?? key);
    if (pages === undefined) {
      const of = runId === null ? { experimentId: key } : {};
      pages = this.#list(() => ({ ...of, below: runId, sort: this.#listing.sort }));
      kept.set(runId ?? key, pages);
    }
    return pages;
  }

  #list(query: () => RunQuery): RunPages {
    return new RunPages({
      query,
      node: (run, asked) => this.#opening(nodeIn(this.#runs, this.#session, this.#expected.applyTo(run, asked))),
    });
  }

  /** What a filter finds stands side by side. */
  #opening(node: RunNode): RunNode {
    node.opens = node.run.childCount > 0 && !this.#showsFound;
    return node;
  }

  /** A run may have come below another, or out from there: the lists of an experiment are fetched together. */
  async #refreshExperimentRuns(client: EngineClient, { all, runIds, isNew }: Asked): Promise<void> {
    for (const [id, pages] of this.#pages) {
      if (!pages.isWanted) continue;
      const opened = [...this.#below].filter(([, list]) => list.isWanted);
      const nested = opened.filter(([runId]) => this.#runs.get(runId)?.run.experimentId === id);
      const lists = [pages, ...nested.map(([, list]) => list)];
      const isNamed = lists.some((list) => !list.isLoaded || list.holds(runIds));
      if (!all && !isNew.has(id) && !isNamed) continue;
      for (const list of lists) await list.refresh(client);
    }
  }

  /** Returns the ids of the experiments whose counts or times changed. */
  async #refreshExperiments(client: EngineClient): Promise<Set<string>> {
    const fetched = await allExperiments(client);
    const changed = new Set<string>();
    const old = new Map(this.#experiments);
    this.#experiments.clear();
    for (const experiment of fetched) {
      const { experimentId } = experiment;
      const node = old.get(experimentId) ?? { kind: 'experiment', session: this.#session, experiment, found: null };
      if (JSON.stringify(node.experiment) !== JSON.stringify(experiment)) changed.add(experimentId);
      node.experiment = experiment;
      this.#experiments.set(experimentId, node);
    }
    return changed;
  }

  async #refreshCounts(client: EngineClient): Promise<void> {
    const { list } = client.api.runs;
    this.#trashNode.count = (await list.query({ deleted: true, archived: 'with', limit: 1 })).total;
    const isAsked = this.runCount === 0 || this.countsArchived;
    this.#archivedCount = isAsked ? (await list.query({ archived: 'only', limit: 1 })).total : 0;
    this.#recordedRunning = this.runningCount === 0 ? [] : await this.#fetchRecordedRunning(client);
  }

  async #fetchRecordedRunning(client: EngineClient): Promise<RunNode[]> {
    const asked = performance.now();
    const page = await client.api.runs.list.query({ states: ['running'], limit: 100 });
    const recorded = page.items.filter((run) => run.recorded);
    return recorded.map((run) => nodeIn(this.#runs, this.#session, this.#expected.applyTo(run, asked)));
  }

  /** Forgets runs and experiments that no row shows any more. */
  #prune(): void {
    for (const id of [...this.#pages.keys()]) if (!this.#experiments.has(id)) this.#pages.delete(id);
    const pages = [this.#found, ...this.#pages.values(), ...this.#below.values()];
    const lists = [this.#recordedRunning, ...pages.map(({ nodes }) => nodes)];
    const shown = new Set(lists.flatMap((nodes) => nodes.map(({ run }) => run.runId)));
    for (const id of [...this.#runs.keys()]) if (!shown.has(id)) this.#runs.delete(id);
    for (const id of [...this.#below.keys()]) if (!shown.has(id)) this.#below.delete(id);
  }
}

function keyBelow({ runId }: RunSummary): string {
  return `${below}${runId}`;
}

/** The one node of a run, saying what is known now. */
function nodeIn(nodes: Map<string, RunNode>, session: EngineSession, run: RunSummary): RunNode {
  const node = nodes.get(run.runId) ?? { kind: 'run', session, run };
  node.run = run;
  nodes.set(run.runId, node);
  return node;
}

async function allExperiments(client: EngineClient): Promise<Experiment[]> {
  const found: Experiment[] = [];
  for await (const { items } of everyPage((page) => client.api.experiments.list.query({ limit: requestLimit, page }))) {
    found.push(...items);
    if (found.length >= mostExperiments) break;
  }
  return found;
}

function sum(nodes: ReadonlyMap<string, ExperimentNode>, count: (experiment: Experiment) => number): number {
  let total = 0;
  for (const node of nodes.values()) total += count(node.experiment);
  return total;
}
