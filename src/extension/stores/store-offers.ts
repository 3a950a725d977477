// Offers to import what other tools keep in a folder of the window: once for each store, and never before somebody could look.
import { commands, EventEmitter, l10n, type Memento, RelativePattern, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { ContextKey } from '../context-key';
import type { Notices } from '../notices';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { OfferMemory } from './offer-memory';
import { type SeenStore, storeWords } from './seen-store';
import { findStores } from './store-search';

/** What stores of other tools are written to. */
const written = '**/{mlruns,mlflow.db,wandb,dvclive,*.tfevents.*}';
/** Milliseconds after which a folder is looked through: what the user opened it for comes first. */
const afterOpening = 3000;

/** What offers need of the window. */
export interface StoreOffersOptions {
  sessions: EngineSessions;
  memory: Memento;
  notices: Notices;
}

/** Looks through each folder when its engine runs or nothing is there yet, and again when a store comes. */
export class StoreOffers implements Disposable {
  readonly #options: StoreOffersOptions;
  readonly #offered: OfferMemory;
  readonly #seen = new Map<EngineSession, readonly SeenStore[]>();
  readonly #waiting = new Map<EngineSession, NodeJS.Timeout>();
  readonly #watched = new Map<EngineSession, DisposableStore>();
  readonly #tools = new ContextKey<string>('slipway.storesSeen');
  readonly #store = new DisposableStore();
  readonly #found = this.#store.add(new EventEmitter<string>());
  /** Fires with what was found in all folders, as in "3 runs of MLflow"; empty for nothing. */
  readonly onFound = this.#found.event;
  readonly #ending = new AbortController();

  constructor(options: StoreOffersOptions) {
    this.#options = options;
    this.#offered = new OfferMemory(options.memory);
    const { sessions } = options;
    this.#store.add(sessions.onStateChanged((session) => this.#stateChanged(session)));
    this.#store.add(sessions.onListChanged(() => this.#forget()));
  }

  /** Looks through the folder now. Ends early with what was found once `signal` says so. */
  async look(session: EngineSession, signal: AbortSignal): Promise<readonly SeenStore[]> {
    const stores = await findStores(session.folder.uri.fsPath, AbortSignal.any([signal, this.#ending.signal]));
    if (this.#options.sessions.all.includes(session)) this.#seen.set(session, stores);
    this.#tell();
    return stores;
  }

  /** What the last look found. */
  seen(session: EngineSession): readonly SeenStore[] {
    return this.#seen.get(session) ?? [];
  }

  dispose(): void {
    this.#ending.abort();
    for (const session of [...this.#seen.keys()]) this.#leave(session);
    this.#store.dispose();
  }

  #stateChanged(session: EngineSession): void {
    const { kind } = session.state;
    if (kind !== 'running' && kind !== 'uninitialized') return;
    if (!this.#seen.has(session)) {
      this.#seen.set(session, []);
      this.#watch(session);
      this.#lookSoon(session);
    } else if (kind === 'running') this.#lookSoon(session);
  }

  #watch(session: EngineSession): void {
    const pattern = new RelativePattern(session.folder, written);
    const watched = new DisposableStore();
    const watcher = watched.add(workspace.createFileSystemWatcher(pattern, false, true, true));
    watched.add(watcher.onDidCreate(() => this.#lookSoon(session)));
    this.#watched.set(session, watched);
  }

  /** What comes in a burst is looked at once. */
  #lookSoon(session: EngineSession): void {
    if (this.#waiting.has(session) || !this.#seen.has(session)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(session);
      void this.#options.notices.quiet('stores.look', () => this.#lookAndOffer(session));
    }, afterOpening);
    this.#waiting.set(session, timer);
  }

  async #lookAndOffer(session: EngineSession): Promise<void> {
    const stores = await this.look(session, this.#ending.signal);
    if (session.state.kind !== 'running' || this.#ending.signal.aborted) return;
    const fresh = this.#offered.notYet(session.folder, stores);
    const wanted: SeenStore[] = [];
    for (const store of fresh) if (!(await isImported(session, store))) wanted.push(store);
    this.#offered.remember(fresh);
    if (wanted.length === 0) return;
    // An offer stands until somebody answers it: that is no part of the look.
    this.#offer(session, wanted).catch((error: unknown) => this.#options.notices.tell(error, { again: true }));
  }

  async #offer(session: EngineSession, stores: readonly SeenStore[]): Promise<void> {
    const [first] = stores;
    const only = stores.length === 1 ? first : undefined;
    const list = stores.map((store) => `${store.name} (${storeWords(store)})`).join(', ');
    const text =
      only === undefined
        ? l10n.t('This folder holds runs of other tools: {0}.', list)
        : l10n.t('{0} holds {1}.', only.name, storeWords(only));
    const take = only === undefined ? l10n.t('Import…') : l10n.t('Import');
    const never = l10n.t("Don't Ask Again for This Folder");
    const answer = await window.showInformationMessage(text, take, l10n.t('Not Now'), never);
    if (answer === never) this.#offered.never(session.folder);
    if (answer !== take) return;
    const folder = session.folder.uri.toString();
    await commands.executeCommand('slipway.importRuns', { folder, ...(only && { path: only.path }) });
  }

  #forget(): void {
    for (const session of [...this.#seen.keys()]) {
      if (!this.#options.sessions.all.includes(session)) this.#leave(session);
    }
    this.#tell();
  }

  /** The folder is no longer in the window. */
  #leave(session: EngineSession): void {
    clearTimeout(this.#waiting.get(session));
    this.#waiting.delete(session);
    this.#watched.get(session)?.dispose();
    this.#watched.delete(session);
    this.#seen.delete(session);
  }

  /** The empty view names the tools, and how many runs each has. */
  #tell(): void {
    const stores = [...this.#seen.values()].flat();
    const tools = [...new Set(stores.map(({ tool }) => tool))].sort();
    this.#tools.set(tools.join(' '));
    this.#found.fire(
      tools
        .map((tool) =>
          storeWords(
            together(
              stores.filter((store) => store.tool === tool),
              tool,
            ),
          ),
        )
        .join(', '),
    );
  }
}

/** All stores of one tool; of one that has to be opened first the number is not known. */
function together(stores: readonly SeenStore[], tool: SeenStore['tool']): Pick<SeenStore, 'tool' | 'runs'> {
  const counts = stores.map(({ runs }) => runs);
  return {
    tool,
    runs: counts.some((runs) => runs === null) ? null : counts.reduce((sum: number, runs) => sum + (runs ?? 0), 0),
  };
}

/** True when runs of this store came in before, by whatever way. */
async function isImported(session: EngineSession, { path }: SeenStore): Promise<boolean> {
  if (path.includes("'")) return false;
  const filter = `tags.\`slipway.source.path\` = '${path}'`;
  const { items } = await session
    .requireClient()
    .api.runs.query.query({ filter, experimentId: null, limit: 1, page: null });
  return items.length > 0;
}
