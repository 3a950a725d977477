// The Models view: folders (when several) → models → stages → versions. Rows are asked for when they are shown, and again
// when the engine says that they changed.
import { EventEmitter, type LogOutputChannel, l10n, type Memento, type TreeDataProvider, type TreeItem } from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf } from '../../../base/errors';
import { knownIdentity } from '../../../client/registry/identity';
import type { VersionDetail } from '../../../protocol/models/registry/model-version';
import { configMistakes } from '../../config/config-mistakes';
import type { EngineSessions } from '../../session/engine-sessions';
import { Throttle } from '../../throttle';
import { OpenRows } from '../../trees/open-rows';
import { SessionTree } from '../../trees/session-tree';
import { itemOfModels, rowOfModels, tooltipOfModels } from './model-item';
import { beginsOpen, ModelRows } from './model-rows';
import type { ModelsNode, MoreModelsNode, VersionNode } from './models-node';
import { WaitingBadge } from './waiting-badge';

/** What it stands on. */
export interface ModelsViewOptions {
  sessions: EngineSessions;
  log: LogOutputChannel;
  /** What is kept of this workspace over reloads. */
  memory: Memento;
}

/** The tree of registered models. */
export class ModelsView implements TreeDataProvider<ModelsNode>, Disposable {
  readonly #sessions: EngineSessions;
  readonly #log: LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<ModelsNode | undefined>());
  readonly #throttle = this.#store.add(new Throttle(() => this.#lookAgain(), 500));
  readonly #open: OpenRows;
  readonly #rows = new ModelRows();
  /** The rows below a row that is open, by its id; '' is the top. */
  readonly #drawn = new Map<string, { node: ModelsNode | undefined; rows: ModelsNode[] }>();
  readonly #view: SessionTree<ModelsNode>;
  readonly #badge: WaitingBadge;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor({ sessions, log, memory }: ModelsViewOptions) {
    this.#sessions = sessions;
    this.#log = log;
    this.#open = new OpenRows(memory, 'slipway.openModels');
    this.#view = this.#store.add(
      new SessionTree<ModelsNode>({
        view: 'slipway.models',
        emptiness: { key: 'slipway.modelsEmptiness', nothing: 'noModels' },
        sessions,
        provider: this,
        refresh: () => this.refresh(),
        heard: (event) => event.type === 'models' && this.refresh(),
        switched: (node, isOpen) => this.#switched(node, isOpen),
      }),
    );
    this.#badge = this.#store.add(new WaitingBadge({ tree: this.#view.tree, sessions, log }));
  }

  /** Looks at everything again. */
  refresh(): void {
    this.#throttle.ask();
    this.#badge.refresh();
  }

  /** One sentence on what has just been done: above the rows, or in the status bar while those are hidden. */
  say(sentence: string): void {
    this.#view.say(sentence);
  }

  /** The selected row. */
  get selected(): ModelsNode | undefined {
    return this.#view.tree.selection[0];
  }

  /** Shows one page more of a list. */
  loadMore({ key }: MoreModelsNode): void {
    this.#rows.grow(key);
    this.#throttle.ask();
  }

  getTreeItem(node: ModelsNode): TreeItem {
    return itemOfModels(node, this.#open.isOpen(rowOfModels(node), begins(node)));
  }

  async resolveTreeItem(item: TreeItem, node: ModelsNode): Promise<TreeItem> {
    item.tooltip = tooltipOfModels(node, node.kind === 'version' ? await this.#detail(node) : undefined);
    return item;
  }

  async getChildren(node?: ModelsNode): Promise<ModelsNode[]> {
    // They came with their stage.
    if (node?.kind === 'stage') return this.#rows.versions(node);
    const key = keyOf(node);
    const drawn = this.#drawn.get(key) ?? { node, rows: (await this.#below(node)) ?? [] };
    this.#drawn.set(key, drawn);
    return drawn.rows;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #switched(node: ModelsNode, isOpen: boolean): void {
    this.#open.keep(rowOfModels(node), isOpen, begins(node));
    if (!isOpen) this.#drawn.delete(keyOf(node));
  }

  /**
   * Rows are there before they are drawn: a menu that is open meanwhile would lose the row it was opened on. Those of an
   * engine that is being brought back stay.
   */
  async #lookAgain(): Promise<void> {
    const before = [...this.#drawn.values()];
    const looked = await Promise.all(
      before.map(async ({ node, rows }) => ({ node, rows: (await this.#below(node)) ?? rows })),
    );
    for (const each of looked) if (this.#drawn.has(keyOf(each.node))) this.#drawn.set(keyOf(each.node), each);
    this.#changed.fire(undefined);
  }

  /** Undefined where it could not be asked. */
  async #below(node: ModelsNode | undefined): Promise<ModelsNode[] | undefined> {
    try {
      if (node === undefined) return await this.#top();
      if (node.kind === 'folder') return await this.#rows.models(node.session);
      return node.kind === 'model' ? await this.#rows.stages(node) : [];
    } catch (error) {
      this.#log.debug(messageOf(error));
      return undefined;
    }
  }

  #top(): Promise<ModelsNode[]> {
    return this.#view.top({
      of: (session) => this.#rows.models(session),
      folder: (session) => this.#rows.kept({ kind: 'folder', session }),
      shown: () => this.#drawn.get('')?.rows ?? [],
      remark: () => this.#mistake(),
    });
  }

  /** A slipway.yaml with a mistake changes no rule. */
  #mistake(): string | undefined {
    const [first] = this.#sessions.running.flatMap((session) => configMistakes(session));
    if (first === undefined) return undefined;
    return l10n.t('slipway.yaml, line {0}: {1} Rules that were accepted hold.', first.line + 1, first.message);
  }

  /** Why something cannot be done with a version is for its tooltip; without it the tooltip says the rest. */
  async #detail({ session, version: { name, version } }: VersionNode): Promise<VersionDetail | undefined> {
    try {
      const identity = await knownIdentity(session.folder.uri.fsPath);
      return await session.requireClient().api.registry.version.query({ name, version, identity });
    } catch (error) {
      this.#log.debug(messageOf(error));
      return undefined;
    }
  }
}

/** Whether a row is open as long as nobody touched it. */
function begins(node: ModelsNode): boolean {
  return node.kind === 'folder' || (node.kind === 'stage' && beginsOpen(node));
}

function keyOf(node: ModelsNode | undefined): string {
  return node === undefined ? '' : rowOfModels(node);
}
