// All folders of the window, each with its own engine (multi-root: several).
import {
  type ConfigurationChangeEvent,
  EventEmitter,
  l10n,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { EngineEvent } from '../../protocol/event';
import { EngineSession, type SessionOptions } from './engine-session';
import { isComing, isWorkspaceState, noWorkspace } from './engine-state';

/** What an engine is started with. */
const startSettings = ['slipway.node.path', 'slipway.engine'];

function hasEngine({ state }: EngineSession): boolean {
  return isWorkspaceState(state);
}

/** Keeps one session per workspace folder and tells of all of them at once. */
export class EngineSessions implements Disposable {
  readonly #options: SessionOptions;
  readonly #sessions = new Map<string, { session: EngineSession; store: DisposableStore }>();
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<EngineSession>());
  readonly #told = this.#store.add(new EventEmitter<{ session: EngineSession; event: EngineEvent }>());
  readonly #warned = this.#store.add(new EventEmitter<void>());
  readonly #listed = this.#store.add(new EventEmitter<void>());
  readonly #configured = this.#store.add(new EventEmitter<EngineSession>());
  /** Fires when the state of one session changed. */
  readonly onStateChanged = this.#changed.event;
  /** Fires for every engine event of every session. */
  readonly onEvent = this.#told.event;
  /** Fires when the engine of a session warns of something else than before. */
  readonly onWarningsChanged = this.#warned.event;
  /** Fires when folders were added or removed. */
  readonly onListChanged = this.#listed.event;
  /** Fires when the slipway.yaml of a folder was written, made or removed: an engine tells of a sound one by nothing. */
  readonly onConfigChanged = this.#configured.event;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#sync();
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => this.#sync(true)));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.start()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => this.#tryAgain(event)));
    this.#watchConfig();
  }

  /** Another setting may be what a start that failed was waiting for; an engine that answers reads them when it starts next. */
  #tryAgain(event: ConfigurationChangeEvent): void {
    for (const session of this.all) {
      const isAffected = startSettings.some((each) => event.affectsConfiguration(each, session.folder.uri));
      if (isAffected && session.state.kind === 'down') session.start();
    }
  }

  #watchConfig(): void {
    const watcher = this.#store.add(workspace.createFileSystemWatcher('**/slipway.yaml'));
    const tell = (file: Uri): void => {
      const session = this.holding(file);
      if (session !== undefined) this.#configured.fire(session);
    };
    for (const changed of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      this.#store.add(changed(tell));
  }

  /** In the order of the window's folders. */
  get all(): readonly EngineSession[] {
    return [...this.#sessions.values()].map((entry) => entry.session);
  }

  /** Those whose engine answers. */
  get running(): readonly EngineSession[] {
    return this.all.filter((session) => session.state.kind === 'running');
  }

  /** The session of a folder, by its URI as text. */
  find(folder: string): EngineSession | undefined {
    return this.#sessions.get(folder)?.session;
  }

  /** The session of a folder, by its URI as text. Throws SlipwayError `not-found` when this window has it not open. */
  get(folder: string): EngineSession {
    const session = this.find(folder);
    if (session === undefined) throw new SlipwayError('not-found', l10n.t('Open the folder of this run to see it.'));
    return session;
  }

  /** The session of the folder that holds a file, if one does. */
  holding(file: Uri): EngineSession | undefined {
    const folder = workspace.getWorkspaceFolder(file);
    return folder === undefined ? undefined : this.find(folder.uri.toString());
  }

  /** Starts every session that may start and has not. */
  start(): void {
    for (const session of this.all) if (session.state.kind !== 'running') session.start();
  }

  /** The only session, the active editor's, or the one the user picks; undefined when there is none or none is picked. */
  async choose(candidates: readonly EngineSession[] = this.all): Promise<EngineSession | undefined> {
    if (candidates.length < 2) return candidates[0];
    const document = window.activeTextEditor?.document.uri;
    const active = document === undefined ? undefined : this.holding(document);
    if (active !== undefined && candidates.includes(active)) return active;
    const items = candidates.map((session) => ({ label: session.folder.name, session }));
    return (await window.showQuickPick(items, { placeHolder: l10n.t('Which folder?') }))?.session;
  }

  /**
   * The one of `choose` among those whose engine answers, one that is on its way included. Throws SlipwayError when there
   * is none: why, and what to do.
   */
  async chooseRunning(): Promise<EngineSession | undefined> {
    const states = this.all.map(({ state }) => state);
    const candidate = this.all.find(({ state }) => isComing(state)) ?? this.all.find((each) => hasEngine(each));
    if (candidate === undefined) throw noWorkspace(states);
    if (this.running.length === 0) await candidate.awaitClient();
    return this.choose(this.running);
  }

  /** The one of `choose` among those that are workspaces. Throws SlipwayError when there is none, as `chooseRunning`. */
  chooseWorkspace(): Promise<EngineSession | undefined> {
    const workspaces = this.all.filter(hasEngine);
    if (workspaces.length === 0) throw noWorkspace(this.all.map(({ state }) => state));
    return this.choose(workspaces);
  }

  dispose(): void {
    for (const { store } of this.#sessions.values()) store.dispose();
    this.#sessions.clear();
    this.#store.dispose();
  }

  #sync(start = false): void {
    const folders = workspace.workspaceFolders ?? [];
    const wanted = new Set(folders.map((folder) => folder.uri.toString()));
    for (const [key, { store }] of [...this.#sessions]) {
      if (wanted.has(key)) continue;
      store.dispose();
      this.#sessions.delete(key);
    }
    for (const folder of folders) {
      if (!this.#sessions.has(folder.uri.toString())) this.#open(folder, start);
    }
    if (start) this.#listed.fire();
  }

  #open(folder: WorkspaceFolder, start: boolean): void {
    const store = new DisposableStore();
    const session = store.add(new EngineSession(folder, this.#options));
    store.add(session.onStateChanged(() => this.#changed.fire(session)));
    store.add(session.onWarningsChanged(() => this.#warned.fire()));
    store.add(session.onEvent((event) => this.#told.fire({ session, event })));
    this.#sessions.set(folder.uri.toString(), { session, store });
    if (start) session.start();
  }
}
