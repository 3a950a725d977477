// The Runs view: folders (when several) → experiments → runs → their child runs. It refreshes what an event names, one refresh at a time.
import {
  EventEmitter,
  type LogOutputChannel,
  type Memento,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { EngineEvent } from '../../protocol/event';
import type { RunChange } from '../../protocol/runs/run-change';
import type { RunsListing } from '../filter/runs-listing';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { Throttle } from '../throttle';
import { OpenRows } from '../trees/open-rows';
import { DrawnRows } from './drawn-rows';
import type { Expectation } from './expected-changes';
import { FolderRuns } from './folder-runs';
import { beginsOpen, itemOf, rowOf, tooltipOf } from './run-item';
import type { FolderNode, RunNode, RunsNode } from './run-node';
import { ViewState } from './view-state';

/** Between two drawings of a running run's row, in milliseconds: a click that one falls into is lost. */
const liveRest = 2000;

/** Which of a folder's loaded runs an event was about. */
interface Pending {
  all: boolean;
  runIds: Set<string>;
}

/** What the view shows, and in which order. */
export interface RunsViewOptions {
  sessions: EngineSessions;
  listing: RunsListing;
  log: LogOutputChannel;
  /** What is kept of this workspace over reloads. */
  memory: Memento;
}

/** The tree of runs: what it draws, hears and lets others ask of it. */
export class RunsView implements TreeDataProvider<RunsNode>, Disposable {
  readonly #sessions: EngineSessions;
  readonly #listing: RunsListing;
  readonly #log: LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<RunsNode | RunsNode[] | undefined>());
  readonly #counted = this.#store.add(new EventEmitter<void>());
  readonly #runs = new Map<EngineSession, FolderRuns>();
  readonly #folders = new Map<EngineSession, FolderNode>();
  readonly #pending = new Map<EngineSession, Pending>();
  readonly #drawn = new DrawnRows();
  readonly #open: OpenRows;
  readonly #throttle: Throttle;
  readonly #tree: TreeView<RunsNode>;
  readonly #state: ViewState;
  readonly #chosen = this.#store.add(new EventEmitter<readonly RunNode[]>());
  /** What was selected when VS Code last said so. */
  #lastSelection: readonly RunsNode[] = [];
  /** The runs that others were last told of. */
  #lastChosen = new Set<RunNode>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires after the numbers of runs were read again. */
  readonly onCounted = this.#counted.event;
  /** Fires with the runs that are selected, when they are others than before and not in the trash. */
  readonly onChosen = this.#chosen.event;

  constructor({ sessions, listing, log, memory }: RunsViewOptions) {
    this.#sessions = sessions;
    this.#listing = listing;
    this.#log = log;
    this.#open = new OpenRows(memory, 'slipway.openRuns');
    this.#throttle = this.#store.add(new Throttle(() => this.#refreshPending(), 500));
    const options = { treeDataProvider: this, showCollapseAll: true, canSelectMany: true };
    this.#tree = this.#store.add(window.createTreeView('slipway.runs', options));
    this.#state = this.#store.add(new ViewState({ tree: this.#tree, sessions, listing, runs: () => this.#all }));
    this.#store.add(sessions.onStateChanged((session) => this.#stateChanged(session)));
    this.#store.add(sessions.onListChanged(() => this.#listChanged()));
    this.#store.add(sessions.onWarningsChanged(() => this.#state.show()));
    this.#store.add(sessions.onEvent(({ session, event }) => this.#heard(session, event)));
    this.#store.add(
      listing.onChanged(() => {
        // What the filter hides is what matters now.
        this.#state.message.hush();
        this.refresh();
      }),
    );
    this.#store.add(this.#tree.onDidChangeSelection(({ selection }) => this.#selectionChanged(selection)));
    this.#store.add(this.#tree.onDidChangeVisibility(({ visible }) => visible && this.refresh()));
    this.#store.add(this.#tree.onDidExpandElement(({ element }) => this.#switched(element, true)));
    this.#store.add(this.#tree.onDidCollapseElement(({ element }) => this.#switched(element, false)));
    const ticker = setInterval(() => this.#tick(), liveRest);
    this.#store.add({ dispose: () => clearInterval(ticker) });
    this.#state.show();
  }

  /** Tells what other tools keep in the folder while there is no run. */
  tellElsewhere(words: string): void {
    this.#state.tellElsewhere(words);
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
    return this.#all.some((runs) => runs.roots.length > 0);
  }

  /** The selected runs, those in the trash too, in the order of the selection. */
  get selectedRuns(): RunNode[] {
    return this.#selection.filter((node) => node.kind === 'run');
  }

  /** Looks at everything again. */
  refresh(): void {
    for (const session of this.#sessions.running) this.#pending.set(session, { all: true, runIds: new Set() });
    this.#throttle.ask();
  }

  /** One sentence on what has just been done or refused: above the rows, or in the status bar while those are hidden. */
  say(sentence: string): void {
    if (this.#tree.visible && this.hasRows) this.#state.message.pass(sentence);
    else window.setStatusBarMessage(sentence, 10_000);
  }

  /** Shows changes of runs in their rows before the engine has made them. */
  expect(session: EngineSession, changes: readonly RunChange[]): Expectation {
    const expectation = this.#runsOf(session).expect(changes);
    this.#draw(session);
    return {
      settle: () => expectation.settle(),
      revert: () => {
        expectation.revert();
        this.#draw(session);
      },
    };
  }

  /** The selected row. VS Code forgets it for a moment while it reads the whole tree again, hence the patience. */
  async selected(): Promise<RunsNode | undefined> {
    for (let waited = 0; this.#tree.selection.length === 0 && waited < 1000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.#selection[0];
  }

  /** Shows one page more of the list whose "Load more" row is selected. */
  async loadMore(): Promise<void> {
    const node = await this.selected();
    if (node?.kind !== 'more') return;
    await this.#runsOf(node.session).loadMore(node.session.requireClient(), node.key);
    this.#draw(node.session);
  }

  getTreeItem(node: RunsNode): TreeItem {
    const item = this.#itemOf(node);
    this.#drawn.drawn(node, item);
    return item;
  }

  /** Tooltips are written when they are asked for: those of a whole page would hold up the extension host. */
  resolveTreeItem(item: TreeItem, node: RunsNode): TreeItem {
    item.tooltip = tooltipOf(node, Date.now());
    return item;
  }

  async getChildren(node?: RunsNode): Promise<RunsNode[]> {
    if (node === undefined || node.kind === 'folder') return this.#top(node);
    const runs = this.#runsOf(node.session);
    await runs.open(node).catch((error) => this.#log.warn(messageOf(error)));
    const children = runs.children(node);
    this.#drawn.listed(node, children);
    return children;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** While the whole tree is read again VS Code knows of no selected row, or says so of a click that falls into it. */
  get #selection(): readonly RunsNode[] {
    return this.#tree.selection.length > 0 ? this.#tree.selection : this.#lastSelection;
  }

  /** Rows that are drawn anew are said to be unselected and selected again: that is no choice of anybody's. */
  #selectionChanged(selection: readonly RunsNode[]): void {
    this.#lastSelection = selection;
    const runs = selection.filter((node) => node.kind === 'run').filter(({ run }) => run.deletedTime === null);
    const isSame = runs.length === this.#lastChosen.size && runs.every((node) => this.#lastChosen.has(node));
    if (runs.length === 0 || isSame) return;
    this.#lastChosen = new Set(runs);
    this.#chosen.fire(runs);
  }

  get #all(): FolderRuns[] {
    return this.#sessions.all.map((session) => this.#runsOf(session));
  }

  /** The first rows of the view, or of a folder in it. */
  #top(folder: FolderNode | undefined): RunsNode[] {
    const sessions = this.#sessions.all;
    if (folder === undefined && sessions.length > 1) {
      return this.hasRows ? sessions.map((session) => this.#folderOf(session)) : [];
    }
    const session = folder?.session ?? sessions[0];
    if (session === undefined) return [];
    const { roots } = this.#runsOf(session);
    this.#drawn.listed(this.#folderOf(session), roots);
    return roots;
  }

  #folderOf(session: EngineSession): FolderNode {
    const node: FolderNode = this.#folders.get(session) ?? { kind: 'folder', session };
    this.#folders.set(session, node);
    return node;
  }

  #runsOf(session: EngineSession): FolderRuns {
    const runs = this.#runs.get(session) ?? new FolderRuns(session, this.#listing);
    this.#runs.set(session, runs);
    return runs;
  }

  #heard(session: EngineSession, event: EngineEvent): void {
    // Rows and counts tell of runs alone.
    if (event.type !== 'runs' && event.type !== 'experiments' && event.type !== 'hello') return;
    const pending = this.#pending.get(session) ?? { all: false, runIds: new Set<string>() };
    if (event.type === 'runs' && event.runIds.length > 0) for (const id of event.runIds) pending.runIds.add(id);
    else pending.all = true;
    this.#pending.set(session, pending);
    this.#throttle.ask();
  }

  async #refreshPending(): Promise<void> {
    const work = [...this.#pending];
    this.#pending.clear();
    for (const [session, pending] of work) {
      await this.#refreshFolder(session, pending).catch((error) => this.#log.warn(messageOf(error)));
    }
    this.#state.show();
    this.#counted.fire();
  }

  async #refreshFolder(session: EngineSession, pending: Pending): Promise<void> {
    if (session.client === undefined) return;
    await this.#runsOf(session).refresh(session.client, { ...pending, isVisible: this.#tree.visible });
    this.#draw(session);
  }

  /** Draws what says something else than it did: everything when the first rows are others. */
  #draw(session: EngineSession): void {
    const { roots } = this.#runsOf(session);
    if (this.#drawn.isRearranged(this.#folderOf(session), roots)) {
      this.#changed.fire(undefined);
      return;
    }
    const outdated = roots.flatMap((node) => this.#outdated(session, node));
    if (outdated.length > 0) this.#redraw(outdated);
  }

  /**
   * When one of several selected rows is drawn anew by itself, VS Code forgets that the rows below it were selected (1.139);
   * when all rows are, it does not.
   */
  #redraw(nodes: RunsNode[]): void {
    const isAmongSelected = this.#selection.length > 1 && nodes.some((node) => this.#selection.includes(node));
    this.#changed.fire(isAmongSelected ? undefined : nodes);
  }

  /** The node with all rows below it when those are others, else the rows among them that say something else. */
  #outdated(session: EngineSession, node: RunsNode): RunsNode[] {
    const runs = this.#runsOf(session);
    const children = runs.children(node);
    const isTicking = node.kind === 'run' && this.#isTicking(node);
    const isRearranged = runs.isOpened(node) && this.#drawn.isRearranged(node, children);
    // Below a closed row VS Code asks for nothing: without this the row would be drawn anew with each look.
    if (isRearranged) this.#drawn.listed(node, children);
    if (isRearranged || (!isTicking && this.#isOutdated(node))) return [node];
    return children.flatMap((child) => {
      if (child.kind !== 'run') return [];
      if (child.opens === true) return this.#outdated(session, child);
      return !this.#isTicking(child) && this.#isOutdated(child) ? [child] : [];
    });
  }

  /** A running run's words change with the time; but for its name and marks they wait for the ticker. */
  #isTicking(node: RunNode): boolean {
    return node.run.state === 'running' && !this.#drawn.isRenamed(node, this.#itemOf(node));
  }

  #isOutdated(node: RunsNode): boolean {
    return this.#drawn.isOutdated(node, this.#itemOf(node));
  }

  #itemOf(node: RunsNode): TreeItem {
    return itemOf(node, Date.now(), this.#open.isOpen(rowOf(node), beginsOpen(node)));
  }

  #switched(node: RunsNode, isOpen: boolean): void {
    this.#open.keep(rowOf(node), isOpen, beginsOpen(node));
  }

  #stateChanged(session: EngineSession): void {
    if (session.state.kind === 'running') this.#pending.set(session, { all: true, runIds: new Set() });
    this.#throttle.ask();
    this.#state.show();
    if (this.#sessions.all.length > 1) this.#changed.fire(this.#folders.get(session));
  }

  #listChanged(): void {
    const open = new Set(this.#sessions.all);
    for (const kept of [this.#runs, this.#folders, this.#pending]) {
      for (const session of [...kept.keys()]) if (!open.has(session)) kept.delete(session);
    }
    // With one folder left the rows stand without it, with several below each.
    this.#changed.fire(undefined);
    this.#state.show();
  }

  #tick(): void {
    if (!this.#tree.visible) return;
    const running = this.#all.flatMap((runs) => runs.running).filter((node) => this.#isOutdated(node));
    if (running.length > 0) this.#redraw(running);
  }
}
