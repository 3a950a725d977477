// The view of one stage over all folders of the window: its tree, the line above the rows, the welcome where there are none,
// and what makes it look again.
import { type TreeDataProvider, type TreeView, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { EngineEvent } from '../../protocol/event';
import { ContextKey } from '../context-key';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { isComing } from '../session/engine-state';
import { ViewMessage } from './view-message';

interface SessionTreeOptions<T> {
  /** As the manifest names the view. */
  view: string;
  /** The context key by which the manifest's welcomes are chosen, and its value where a folder lists nothing. */
  emptiness: { key: string; nothing: string };
  sessions: EngineSessions;
  provider: TreeDataProvider<T>;
  /** Called when anything that the rows show may be another. */
  refresh: () => void;
  /** Called with each event of an engine; `hello` makes it refresh anyway. */
  heard: (event: EngineEvent) => void;
  /** Called when the user opened or closed a row. */
  switched: (row: T, isOpen: boolean) => void;
}

/** Where the first rows come from. */
interface FirstRows<T> {
  /** What the engine of a folder lists. */
  of: (session: EngineSession) => Promise<T[]>;
  /** The row of a folder, where the window has several. */
  folder: (session: EngineSession) => T;
  /** What is shown now: it stays while an engine is being brought back. */
  shown: () => readonly T[];
  /** What is to be said above the rows although they could be read; undefined when that is nothing. */
  remark?: () => string | undefined;
}

/** Keeps such a view. */
export class SessionTree<T> implements Disposable {
  readonly tree: TreeView<T>;
  readonly #sessions: EngineSessions;
  readonly #store = new DisposableStore();
  readonly #emptiness: ContextKey<string>;
  readonly #nothing: string;
  readonly #message: ViewMessage<T>;

  constructor({ view, emptiness, sessions, provider, refresh, heard, switched }: SessionTreeOptions<T>) {
    this.#sessions = sessions;
    this.#emptiness = new ContextKey(emptiness.key);
    this.#nothing = emptiness.nothing;
    this.tree = this.#store.add(window.createTreeView(view, { treeDataProvider: provider, showCollapseAll: true }));
    this.#message = this.#store.add(new ViewMessage(this.tree));
    this.#emptiness.set('starting');
    this.#store.add(this.tree.onDidExpandElement(({ element }) => switched(element, true)));
    this.#store.add(this.tree.onDidCollapseElement(({ element }) => switched(element, false)));
    // A changed slipway.yaml is read by the engine when it is asked: what it says may count by then.
    const changes = [sessions.onStateChanged, sessions.onListChanged, sessions.onConfigChanged];
    for (const changed of [...changes, sessions.onWarningsChanged]) this.#store.add(changed(() => refresh()));
    this.#store.add(sessions.onEvent(({ event }) => (event.type === 'hello' ? refresh() : heard(event))));
  }

  /** One sentence on what has just been done: above the rows, or in the status bar while those are hidden. */
  say(sentence: string): void {
    if (this.tree.visible) this.#message.pass(sentence);
    else window.setStatusBarMessage(sentence, 10_000);
  }

  /**
   * The first rows: those of the only folder, else the folders. An engine that answers with a failure lists not nothing: that
   * is said above the rows, and thrown.
   */
  async top(rows: FirstRows<T>): Promise<T[]> {
    try {
      const found = await this.#first(rows);
      this.#message.stay(rows.remark?.());
      return found;
    } catch (error) {
      this.#emptiness.set('none');
      this.#message.stay(messageOf(error));
      throw error;
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #first({ of, folder, shown }: FirstRows<T>): Promise<T[]> {
    const { running, all } = this.#sessions;
    const [only] = running;
    if (only === undefined) {
      const comes = all.some(({ state }) => isComing(state));
      this.#emptiness.set(comes ? 'starting' : 'away');
      return comes ? [...shown()] : [];
    }
    if (all.length > 1) {
      this.#emptiness.set('none');
      return running.map(folder);
    }
    const rows = await of(only);
    this.#emptiness.set(rows.length === 0 ? this.#nothing : 'none');
    return rows;
  }
}
