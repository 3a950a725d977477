// The Datasets view: folders (when several) → datasets → versions. Rows are asked for when they are shown, and again when
// the engine says that they changed.
import {
  EventEmitter,
  type LogOutputChannel,
  type Memento,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf } from '../../../base/errors';
import type { DatasetSummary, DatasetVersion } from '../../../protocol/datasets/dataset';
import { configMistakes } from '../../config-mistakes';
import { ContextKey } from '../../context-key';
import { OpenRows } from '../../open-rows';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
import { Throttle } from '../../throttle';
import { ViewMessage } from '../../views/view-message';
import { itemOfDatasets, lookOfDatasets, tooltipOfDatasets } from './dataset-item';
import type { DatasetNode, DatasetsNode, MistakeNode, MoreDatasetsNode, VersionNode } from './dataset-node';
import { RowsAhead } from './rows-ahead';

const [datasetsAtOnce, versionsAtOnce] = [50, 25];
/** Milliseconds between two looks at who reads what. */
const runsRest = 5000;
/** The engine gives no more of a list at once. */
const mostAtOnce = 500;

interface DatasetsViewOptions {
  sessions: EngineSessions;
  log: LogOutputChannel;
  /** What is kept of this workspace over reloads. */
  memory: Memento;
}

/** The tree of datasets. */
export class DatasetsView implements TreeDataProvider<DatasetsNode>, Disposable {
  readonly #sessions: EngineSessions;
  readonly #log: LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<DatasetsNode | undefined>());
  readonly #emptiness = new ContextKey<string>('slipway.datasetsEmptiness');
  readonly #throttle: Throttle;
  readonly #slow: Throttle;
  readonly #open: OpenRows;
  readonly #tree: TreeView<DatasetsNode>;
  readonly #message: ViewMessage<DatasetsNode>;
  readonly #rows = new RowsAhead<DatasetsNode>({
    read: (node) => this.#read(node),
    isOpen: (node) => this.#isOpen(node),
    look: lookOfDatasets,
  });
  /** How many rows of a list are shown, by its key. */
  readonly #shown = new Map<string, number>();
  readonly #nodes = new Map<string, DatasetsNode>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor({ sessions, log, memory }: DatasetsViewOptions) {
    this.#sessions = sessions;
    this.#log = log;
    this.#throttle = this.#store.add(new Throttle(() => this.#renew(), 500));
    this.#slow = this.#store.add(new Throttle(async () => this.refresh(), runsRest));
    this.#open = new OpenRows(memory, 'slipway.openDatasets');
    const options = { treeDataProvider: this, showCollapseAll: true };
    this.#tree = this.#store.add(window.createTreeView('slipway.datasets', options));
    this.#message = this.#store.add(new ViewMessage(this.#tree));
    this.#emptiness.set('starting');
    this.#store.add(this.#tree.onDidExpandElement(({ element }) => this.#switched(element, true)));
    this.#store.add(this.#tree.onDidCollapseElement(({ element }) => this.#switched(element, false)));
    this.#store.add(sessions.onStateChanged(() => this.refresh()));
    this.#store.add(sessions.onListChanged(() => this.refresh()));
    this.#store.add(sessions.onConfigChanged(() => this.refresh()));
    this.#store.add(sessions.onWarningsChanged(() => this.refresh()));
    this.#store.add(
      sessions.onEvent(({ event }) => {
        if (event.type === 'datasets' || event.type === 'hello') this.refresh();
        // Runs tell of each metric; of them only how many read a version is shown here.
        else if (event.type === 'runs' && this.#tree.visible) this.#slow.ask();
      }),
    );
  }

  /** Looks at everything again. */
  refresh(): void {
    this.#throttle.ask();
  }

  /** One sentence on what has just been done: above the rows, or in the status bar while those are hidden. */
  say(sentence: string): void {
    if (this.#tree.visible) this.#message.pass(sentence);
    else window.setStatusBarMessage(sentence, 10_000);
  }

  /** The selected row. */
  get selected(): DatasetsNode | undefined {
    return this.#tree.selection[0];
  }

  /** Shows one page more of a list. */
  loadMore({ key }: MoreDatasetsNode): void {
    this.#shown.set(key, (this.#shown.get(key) ?? versionsAtOnce) * 2);
    this.refresh();
  }

  getTreeItem(node: DatasetsNode): TreeItem {
    return itemOfDatasets(node, this.#isOpen(node));
  }

  resolveTreeItem(item: TreeItem, node: DatasetsNode): TreeItem {
    item.tooltip = tooltipOfDatasets(node);
    return item;
  }

  getChildren(node?: DatasetsNode): Promise<DatasetsNode[]> {
    return this.#rows.below(node);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #renew(): Promise<void> {
    if (!this.#tree.visible) this.#rows.forget();
    else if (!(await this.#rows.renew())) return;
    this.#changed.fire(undefined);
  }

  async #read(node: DatasetsNode | undefined): Promise<DatasetsNode[]> {
    try {
      if (node === undefined) return await this.#top();
      if (node.kind === 'folder') return await this.#datasets(node.session);
      return node.kind === 'dataset' ? await this.#versions(node) : [];
    } catch (error) {
      this.#log.warn(messageOf(error));
      return [];
    }
  }

  #isOpen(node: DatasetsNode): boolean {
    return node.kind === 'folder' || (node.kind === 'dataset' && this.#open.isOpen(rowOf(node)));
  }

  #switched(node: DatasetsNode, isOpen: boolean): void {
    if (node.kind === 'dataset') this.#open.keep(rowOf(node), isOpen);
  }

  async #top(): Promise<DatasetsNode[]> {
    const { running, all } = this.#sessions;
    const [only] = running;
    if (only === undefined) {
      const isComing = all.some(({ state }) => state.kind === 'starting' || state.kind === 'lost');
      this.#emptiness.set(isComing ? 'starting' : 'away');
      return [];
    }
    if (all.length > 1) {
      this.#emptiness.set('none');
      return running.map((session) => this.#kept(`${session.folder.uri}`, { kind: 'folder', session }));
    }
    const rows = await this.#datasets(only);
    this.#emptiness.set(rows.length === 0 ? 'noDatasets' : 'none');
    return rows;
  }

  async #datasets(session: EngineSession): Promise<DatasetsNode[]> {
    const { list } = session.requireClient().api.datasets;
    const key = `${session.folder.uri}`;
    const limit = Math.min(mostAtOnce, this.#shown.get(key) ?? datasetsAtOnce);
    this.#shown.set(key, limit);
    const { items, next } = await list.query({ limit });
    const rows = items.map((dataset) => this.#datasetNode(session, dataset));
    return [...this.#mistakes(session), ...rows, ...this.#more(session, key, next)];
  }

  #mistakes(session: EngineSession): MistakeNode[] {
    return configMistakes(session).map((mistake, at) =>
      this.#kept(`${session.folder.uri}#mistake/${at}`, { kind: 'mistake', session, mistake }),
    );
  }

  async #versions({ session, dataset }: DatasetNode): Promise<DatasetsNode[]> {
    const { api } = session.requireClient();
    const key = `${session.folder.uri}#${dataset.name}`;
    const limit = Math.min(mostAtOnce, this.#shown.get(key) ?? versionsAtOnce);
    this.#shown.set(key, limit);
    const { items, next } = await api.datasets.versions.query({ dataset: dataset.name, limit });
    const ids = items.map(({ id }) => id);
    const uses = await api.datasetPanel.uses.query({ dataset: dataset.name, ids });
    const rows = items.map((version) => this.#versionNode({ session, dataset }, version, uses[version.id] ?? 0));
    return [...rows, ...this.#more(session, key, next)];
  }

  #datasetNode(session: EngineSession, dataset: DatasetSummary): DatasetNode {
    return this.#kept(`${session.folder.uri}#dataset/${dataset.name}`, { kind: 'dataset', session, dataset });
  }

  #versionNode(of: Pick<VersionNode, 'session' | 'dataset'>, version: DatasetVersion, users: number): VersionNode {
    const key = `${of.session.folder.uri}#version/${version.dataset}@${version.id}`;
    return this.#kept(key, { kind: 'version', ...of, version, users });
  }

  #more(session: EngineSession, key: string, next: string | null): MoreDatasetsNode[] {
    return next === null ? [] : [this.#kept(`${key}#more`, { kind: 'more', session, key })];
  }

  /** Nodes keep their identity over refreshes: VS Code then keeps what is selected. */
  #kept<T extends DatasetsNode>(key: string, node: T): T {
    const known = this.#nodes.get(key);
    if (known === undefined) {
      this.#nodes.set(key, node);
      return node;
    }
    return Object.assign(known, node) as T;
  }
}

function rowOf({ session, dataset }: DatasetNode): string {
  return `${session.folder.uri}#${dataset.name}`;
}
