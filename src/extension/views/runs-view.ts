// The Runs view: folders (when several) → experiments → runs. It refreshes what an event names, one refresh at a time.
import {
  EventEmitter,
  type LogOutputChannel,
  l10n,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { EngineEvent } from '../../protocol/event';
import { ContextKey } from '../context-key';
import { Refresher } from '../refresher';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { isWorkspaceState } from '../session/engine-state';
import { DrawnRows } from './drawn-rows';
import { emptinessOf, messageFor } from './emptiness';
import { FolderRuns } from './folder-runs';
import { itemOf } from './run-item';
import type { ExperimentNode, RunNode, RunsNode } from './run-node';

/** Between two drawings of a running run's row, in milliseconds: a click that one falls into is lost. */
const liveRest = 2000;

/** Which of a folder's loaded runs an event was about. */
interface Pending {
  all: boolean;
  runIds: Set<string>;
}

export class RunsView implements TreeDataProvider<RunsNode>, Disposable {
  readonly #sessions: EngineSessions;
  readonly #log: LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<RunsNode | RunsNode[] | undefined>());
  readonly #counted = this.#store.add(new EventEmitter<void>());
  readonly #runs = new Map<EngineSession, FolderRuns>();
  readonly #folders = new Map<EngineSession, RunsNode>();
  readonly #pending = new Map<EngineSession, Pending>();
  readonly #drawn = new DrawnRows();
  readonly #emptiness = new ContextKey<string>('slipway.runsEmptiness');
  readonly #recorded = new ContextKey<boolean>('slipway.recordedRunning');
  readonly #initialized = new ContextKey<boolean>('slipway.initialized');
  readonly #running = new ContextKey<boolean>('slipway.engineRunning');
  readonly #refresher: Refresher;
  readonly #tree: TreeView<RunsNode>;
  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires after the numbers of runs were read again. */
  readonly onCounted = this.#counted.event;

  constructor(sessions: EngineSessions, log: LogOutputChannel) {
    this.#sessions = sessions;
    this.#log = log;
    this.#refresher = this.#store.add(new Refresher(() => this.#refreshPending(), 500));
    this.#tree = this.#store.add(
      window.createTreeView('slipway.runs', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#store.add(sessions.onStateChanged((session) => this.#stateChanged(session)));
    this.#store.add(sessions.onListChanged(() => this.#listChanged()));
    this.#store.add(sessions.onEvent(({ session, event }) => this.#heard(session, event)));
    this.#store.add(this.#tree.onDidChangeVisibility(({ visible }) => visible && this.refresh()));
    const ticker = setInterval(() => this.#tick(), liveRest);
    this.#store.add({ dispose: () => clearInterval(ticker) });
    this.#showState();
  }

  /** Runs that are running now, in all folders. */
  get runningCount(): number {
    return this.#all.reduce((count, runs) => count + runs.runningCount, 0);
  }

  /** Running runs that can be stopped from here. */
  get recordedRunning(): readonly RunNode[] {
    return this.#all.flatMap((runs) => [...runs.recordedRunning]);
  }

  /** False while the view shows a welcome in place of rows. */
  get hasRows(): boolean {
    return this.#all.some((runs) => runs.runCount > 0 || runs.experiments.length > 0);
  }

  /** Looks at everything again. */
  refresh(): void {
    for (const session of this.#sessions.running) this.#pending.set(session, { all: true, runIds: new Set() });
    this.#refresher.ask();
  }

  /** The selected row. VS Code forgets it for a moment while it reads the whole tree again, hence the patience. */
  async selected(): Promise<RunsNode | undefined> {
    for (let waited = 0; this.#tree.selection.length === 0 && waited < 1000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.#tree.selection[0];
  }

  /** Shows one page more of the experiment whose "Load more" row is selected. */
  async loadMore(): Promise<void> {
    const node = await this.selected();
    if (node?.kind !== 'more') return;
    const runs = this.#runsOf(node.session);
    if (node.session.client === undefined) return;
    await runs.loadMore(node.session.client, node.experimentId);
    this.#changed.fire(runs.experiments.find(({ experiment }) => experiment.experimentId === node.experimentId));
  }

  getTreeItem(node: RunsNode): TreeItem {
    const item = itemOf(node, Date.now());
    this.#drawn.drawn(node, item);
    return item;
  }

  async getChildren(node?: RunsNode): Promise<RunsNode[]> {
    if (node === undefined) return this.#roots();
    if (node.kind === 'folder') return this.#runsOf(node.session).experiments;
    if (node.kind !== 'experiment') return [];
    const { session, experiment } = node;
    const runs = this.#runsOf(session);
    if (!runs.isOpened(experiment.experimentId) && session.client !== undefined) {
      await runs
        .refreshRuns(session.client, experiment.experimentId)
        .catch((error) => this.#log.warn(messageOf(error)));
    }
    const children = runs.children(experiment.experimentId);
    this.#drawn.listed(node, children);
    return children;
  }

  dispose(): void {
    this.#store.dispose();
  }

  get #all(): FolderRuns[] {
    return this.#sessions.all.map((session) => this.#runsOf(session));
  }

  #roots(): RunsNode[] {
    const sessions = this.#sessions.all;
    if (!this.hasRows) return [];
    const [only] = sessions;
    if (sessions.length === 1 && only !== undefined) return this.#runsOf(only).experiments;
    return sessions.map((session) => {
      const node = this.#folders.get(session) ?? { kind: 'folder', session };
      this.#folders.set(session, node);
      return node;
    });
  }

  #runsOf(session: EngineSession): FolderRuns {
    let runs = this.#runs.get(session);
    if (runs === undefined) {
      runs = new FolderRuns(session);
      this.#runs.set(session, runs);
    }
    return runs;
  }

  #heard(session: EngineSession, event: EngineEvent): void {
    const pending = this.#pending.get(session) ?? { all: false, runIds: new Set<string>() };
    if (event.type === 'runs' && event.runIds.length > 0) for (const id of event.runIds) pending.runIds.add(id);
    else pending.all = true;
    this.#pending.set(session, pending);
    this.#refresher.ask();
  }

  async #refreshPending(): Promise<void> {
    const work = [...this.#pending];
    this.#pending.clear();
    for (const [session, pending] of work) {
      await this.#refreshFolder(session, pending).catch((error) => this.#log.warn(messageOf(error)));
    }
    this.#showState();
    this.#counted.fire();
  }

  async #refreshFolder(session: EngineSession, pending: Pending): Promise<void> {
    const client = session.client;
    if (client === undefined) return;
    const runs = this.#runsOf(session);
    const { listChanged, changed } = await runs.refreshExperiments(client);
    const touched: RunsNode[] = [];
    for (const node of runs.experiments) {
      const id = node.experiment.experimentId;
      const named = pending.all || changed.includes(node) || runs.holds(id, pending.runIds);
      if (!named) continue;
      if (this.#tree.visible && runs.isOpened(id)) await runs.refreshRuns(client, id);
      touched.push(...this.#toDraw(runs, node));
    }
    if (listChanged) this.#changed.fire(undefined);
    else if (touched.length > 0) this.#changed.fire(touched);
  }

  /** The rows to draw again: the experiment with all of its runs when these are others, else what says something else. */
  #toDraw(runs: FolderRuns, node: ExperimentNode): RunsNode[] {
    const id = node.experiment.experimentId;
    const children = runs.children(id);
    if (this.#isOutdated(node) || (runs.isOpened(id) && this.#drawn.isRearranged(node, children))) return [node];
    return children.filter((child) => child.kind === 'run' && child.run.state !== 'running' && this.#isOutdated(child));
  }

  #isOutdated(node: RunsNode): boolean {
    return this.#drawn.isOutdated(node, itemOf(node, Date.now()));
  }

  #stateChanged(session: EngineSession): void {
    if (session.state.kind === 'running') this.#pending.set(session, { all: true, runIds: new Set() });
    this.#refresher.ask();
    this.#showState();
    if (this.#sessions.all.length > 1) this.#changed.fire(this.#folders.get(session));
  }

  #listChanged(): void {
    const open = new Set(this.#sessions.all);
    for (const kept of [this.#runs, this.#folders, this.#pending]) {
      for (const session of [...kept.keys()]) if (!open.has(session)) kept.delete(session);
    }
    // With one folder left the rows stand without it, with several below each.
    this.#changed.fire(undefined);
    this.#showState();
  }

  #showState(): void {
    this.#emptiness.set(emptinessOf(this.#sessions.all, this.#all));
    this.#recorded.set(this.recordedRunning.length > 0);
    this.#initialized.set(this.#sessions.all.some(({ state }) => isWorkspaceState(state)));
    this.#running.set(this.#sessions.running.length > 0);
    // VS Code shows no welcome, and so no button that leads on, below a message.
    const message = (this.hasRows && messageFor(this.#sessions.all)) || '';
    if (this.#tree.message !== message) this.#tree.message = message;
    const running = this.runningCount;
    if ((this.#tree.badge?.value ?? 0) !== running) {
      this.#tree.badge = running === 0 ? undefined : { value: running, tooltip: l10n.t('{0} running', running) };
    }
  }

  #tick(): void {
    if (!this.#tree.visible) return;
    const running = this.#all.flatMap((runs) => runs.running).filter((node) => this.#isOutdated(node));
    if (running.length > 0) this.#changed.fire(running);
  }
}
