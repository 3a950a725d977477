// One folder's engine as seen from this window: started when allowed, followed, and brought back when it dies.
import { existsSync, realpathSync } from 'node:fs';
import {
  type Event,
  EventEmitter,
  type LogOutputChannel,
  l10n,
  RelativePattern,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import { EngineClient } from '../../client/engine-client';
import { settingArguments } from '../../client/engine-settings';
import { type EnsureOptions, ensureEngine, type RunningEngine, stopEngine } from '../../client/ensure-engine';
import { listenForEvents } from '../../client/event-stream';
import { writeFirstConfig } from '../../client/first-config';
import { isWorkspace } from '../../client/workspace';
import type { EngineEvent } from '../../protocol/event';
import { type EngineState, engineAway, isComing, isLasting, stateOf } from './engine-state';
import { EngineWarnings } from './engine-warnings';

/** Pauses before each attempt to bring an engine (back) up, in milliseconds; then it is given up. */
const attempts = [0, 200, 500, 1000, 2000, 4000];
/** Milliseconds between two looks for a folder that is gone. */
const folderPause = 2000;
/** Milliseconds in which an engine that is on its way is waited for. */
const patience = 30_000;

/** `bundle` is the folder of our own programs, `version` that of the engine to start. */
export interface SessionOptions {
  bundle: string;
  version: string;
  log: LogOutputChannel;
}

/** Owns the connection to the engine of one workspace folder. */
export class EngineSession implements Disposable {
  readonly folder: WorkspaceFolder;
  readonly #options: SessionOptions;
  readonly #store = new DisposableStore();
  readonly #stateChanged = this.#store.add(new EventEmitter<EngineState>());
  readonly #told = this.#store.add(new EventEmitter<EngineEvent>());
  readonly #warnings: EngineWarnings;
  /** Fires after every change of state. */
  readonly onStateChanged = this.#stateChanged.event;
  /** Fires for every event of the engine: "look again". */
  readonly onEvent = this.#told.event;
  /** Fires when the engine warns of something else than before. */
  readonly onWarningsChanged: Event<void>;
  #state: EngineState;
  #client: EngineClient | undefined;
  #follower: Disposable | undefined;
  #watcher: Disposable | undefined;
  #turn = 0;

  constructor(folder: WorkspaceFolder, options: SessionOptions) {
    this.folder = folder;
    this.#options = options;
    this.#warnings = this.#store.add(new EngineWarnings(options.log));
    this.onWarningsChanged = this.#warnings.onChanged;
    this.#state = this.#restState();
    this.#watch();
  }

  get state(): EngineState {
    return this.#state;
  }

  /** One sentence for each thing the engine warns of while it answers, with what to do about it. */
  get warnings(): readonly string[] {
    return this.#warnings.sentences;
  }

  /** Asks the engine now what it warns of. */
  askWarnings(): void {
    void this.#warnings.askNow();
  }

  /** The client of the engine while it answers. */
  get client(): EngineClient | undefined {
    return this.#state.kind === 'running' ? this.#client : undefined;
  }

  /** The client. Throws SlipwayError `unavailable` while the engine does not answer. */
  requireClient(): EngineClient {
    if (this.client === undefined) throw engineAway(this.folder.name);
    return this.client;
  }

  /** The client, once an engine that is on its way answers. Rejects with SlipwayError `unavailable` when none comes. */
  awaitClient(): Promise<EngineClient> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        listener.dispose();
        if (this.client === undefined) reject(engineAway(this.folder.name));
        else resolve(this.client);
      };
      const timer = setTimeout(settle, patience);
      const listener = this.onStateChanged((state) => isComing(state) || settle());
      if (!isComing(this.state)) settle();
    });
  }

  /** The folder's real path: what the engine calls its workspace. */
  get root(): string {
    return realpathSync(this.folder.uri.fsPath);
  }

  /** Starts the engine where that is allowed: a trusted window and a folder that is a Slipway workspace. */
  start(): void {
    const state = this.#restState();
    if (state.kind === 'uninitialized' && !existsSync(this.folder.uri.fsPath)) {
      this.#letGo();
      this.#awaitFolder(this.#turn);
      return;
    }
    this.#set(state);
    if (this.#state.kind === 'starting') void this.#bringUp('starting');
  }

  /** Makes the folder a Slipway workspace and starts its engine. */
  async initialize(): Promise<void> {
    if (!workspace.isTrusted || this.folder.uri.scheme !== 'file') return;
    try {
      writeFirstConfig(this.root);
    } catch (error) {
      this.#set(stateOf(error));
      return;
    }
    await this.#bringUp('starting');
  }

  /** Ends the engine, if it answers, and starts a fresh one. */
  async restart(): Promise<void> {
    const { client, state } = this;
    this.#letGo();
    const turn = this.#turn;
    if (client !== undefined && state.kind === 'running') {
      const engine = { ...client.address, pid: state.pid, root: this.root };
      await stopEngine(engine).catch((error) => this.#options.log.warn(messageOf(error)));
    }
    // The folder may have left the window meanwhile, or a later restart has taken over.
    if (turn === this.#turn) this.start();
  }

  /** Lets go of the engine, which ends by itself; whoever still asks is told that it does not answer. */
  dispose(): void {
    this.#letGo();
    this.#set({ kind: 'down', message: engineAway(this.folder.name).message });
    this.#watcher?.dispose();
    this.#store.dispose();
  }

  #restState(): EngineState {
    if (this.folder.uri.scheme !== 'file') return { kind: 'virtual' };
    if (!workspace.isTrusted) return { kind: 'untrusted' };
    return isWorkspace(this.folder.uri.fsPath) ? { kind: 'starting' } : { kind: 'uninitialized' };
  }

  /** Tries until the engine answers or there is no hope; a later call takes over from an earlier one. */
  async #bringUp(kind: 'starting' | 'lost'): Promise<void> {
    this.#letGo();
    const [turn, began] = [this.#turn, performance.now()];
    this.#set(kind === 'lost' ? { kind, since: Date.now() } : { kind });
    for (const [index, wait] of attempts.entries()) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (turn !== this.#turn) return;
      try {
        const engine = await ensureEngine(this.root, this.#ensureOptions());
        if (turn === this.#turn) this.#follow(engine, performance.now() - began);
        return;
      } catch (error) {
        if (turn !== this.#turn) return;
        if (!existsSync(this.folder.uri.fsPath)) {
          this.#awaitFolder(turn);
          return;
        }
        this.#options.log.error(`${this.folder.name}: ${messageOf(error)}`);
        if (isLasting(error) || index === attempts.length - 1) {
          this.#set(stateOf(error));
          return;
        }
      }
    }
  }

  /** A folder that was renamed or unmounted may come back, and its engine with it. */
  #awaitFolder(turn: number): void {
    const path = this.folder.uri.fsPath;
    this.#set({
      kind: 'down',
      message: l10n.t('The folder {0} is not there. When it is back, so are its runs.', path),
    });
    const look = setInterval(() => {
      if (turn === this.#turn && !existsSync(path)) return;
      clearInterval(look);
      if (turn === this.#turn) this.start();
    }, folderPause);
  }

  #ensureOptions(): EnsureOptions {
    const settings = workspace.getConfiguration('slipway', this.folder.uri);
    const nodeSetting = settings.get<string>('node.path', '');
    const { bundle, version } = this.#options;
    return {
      bundle,
      version,
      arguments: settingArguments({
        silence: settings.get<number>('engine.silence'),
        durability: settings.get<string>('engine.durability'),
      }),
      ...(nodeSetting === '' ? {} : { nodeSetting }),
    };
  }

  /** `took`: milliseconds until it answered. */
  #follow(engine: RunningEngine, took: number): void {
    this.#client = new EngineClient(engine);
    this.#options.log.info(
      `${this.folder.name}: engine ${engine.version} answers at ${engine.url} after ${took.toFixed(0)} ms, pid ${engine.pid}.`,
    );
    this.#set({ kind: 'running', version: engine.version, pid: engine.pid });
    this.#warnings.follow(this.#client);
    this.#follower = listenForEvents(this.#client, {
      event: (event) => this.#told.fire(event),
      lost: () => {
        this.#options.log.warn(`${this.folder.name}: the engine went away; starting it again.`);
        void this.#bringUp('lost');
      },
    });
  }

  #letGo(): void {
    this.#turn += 1;
    this.#follower?.dispose();
    this.#follower = undefined;
    this.#warnings.rest();
  }

  /** While the folder is no workspace, waits for `slipway init` in a terminal to make it one. */
  #watch(): void {
    if (this.#state.kind !== 'uninitialized') {
      this.#watcher?.dispose();
      this.#watcher = undefined;
    } else if (this.#watcher === undefined) {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(this.folder, '{slipway.yaml,.slipway}'));
      watcher.onDidCreate(() => this.start());
      this.#watcher = watcher;
    }
  }

  #set(state: EngineState): void {
    this.#state = state;
    this.#watch();
    this.#stateChanged.fire(state);
  }
}
