// The Datasets view: folders (when several) → datasets → versions. Rows are asked for when they are shown, and again when
// the engine says that they changed.
import { EventEmitter, type LogOutputChannel, type Memento, type TreeDataProvider, type TreeItem } from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf } from '../../../base/errors';
import type { DatasetSummary, DatasetVersion } from '../../../protocol/datasets/dataset';
import type { EngineEvent } from '../../../protocol/event';
import { configMistakes } from '../../config/config-mistakes';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
import { Throttle } from '../../throttle';
import { OpenRows } from '../../trees/open-rows';
import { SessionTree } from '../../trees/session-tree';
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
  readonly #log: LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<DatasetsNode | undefined>());
  readonly #throttle: Throttle;
  readonly #slow: Throttle;
  readonly #open: OpenRows;
  readonly #view: SessionTree<DatasetsNode>;
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
    this.#log = log;
    this.#throttle = this.#store.add(new Throttle(() => this.#renew(), 500));
    this.#slow = this.#store.add(new Throttle(async () => this.refresh(), runsRest));
    this.#open = new OpenRows(memory, 'slipway.openDatasets');
    this.#view = this.#store.add(
      new SessionTree<DatasetsNode>({
        view: 'slipway.datasets',
        emptiness: { key: 'slipway.datasetsEmptiness', nothing: 'noDatasets' },
        sessions,
        provider: this,
        refresh: () => this.refresh(),
        heard: (event) => this.#heard(event),
        switched: (node, isOpen) => this.#switched(node, isOpen),
      }),
    );
  }

  /** Looks at everything again. */
  refresh(): void {
    this.#throttle.ask();
  }

  /** One sentence on what has just been done: above the rows, or in the status bar while those are hidden. */
  say(sentence: string): void {
    this.#view.say(sentence);
  }

  /** The selected row. */
  get selected(): DatasetsNode | undefined {
    return this.#view.tree.selection[0];
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
    if (!this.#view.tree.visible) this.#rows.forget();
    else if (!(await this.#rows.renew())) return;
    this.#changed.fire(undefined);
  }

  /** Undefined where it could not be asked. */
  async #read(node: DatasetsNode | undefined): Promise<DatasetsNode[] | undefined> {
    try {
      if (node === undefined) return await this.#top();
      if (node.kind === 'folder') return await this.#datasets(node.session);
      return node.kind === 'dataset' ? await this.#versions(node) : [];
    } catch (error) {
      this.#log.warn(messageOf(error));
      return undefined;
    }
  }

  #heard(event: EngineEvent): void {
    if (event.type === 'datasets') this.refresh();
    // Runs tell of each metric; of them only how many read a version is shown here.
    else if (event.type === 'runs' && this.#view.tree.visible) this.#slow.ask();
  }

  #isOpen(node: DatasetsNode): boolean {
    return node.kind === 'folder' || (node.kind === 'dataset' && this.#open.isOpen(rowOf(node)));
  }

  #switched(node: DatasetsNode, isOpen: boolean): void {
    if (node.kind === 'dataset') this.#open.keep(rowOf(node), isOpen);
  }

  #top(): Promise<DatasetsNode[]> {
    return this.#view.top({
      of: (session) => this.#datasets(session),
      folder: (session) => this.#kept(`${session.folder.uri}`, { kind: 'folder', session }),
      shown: () => this.#rows.shown(undefined),
    });
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
