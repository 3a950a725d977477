// Makes plain MLflow code in this workspace's terminals log to its engine, visibly and with a way to switch it off.
import { delimiter, join } from 'node:path';
import {
  type EnvironmentVariableCollection,
  type EnvironmentVariableMutatorOptions,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  MarkdownString,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import { trackingEnvironment } from '../../client/tracking-environment';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { isWorkspaceState } from '../session/engine-state';
import { folderNode } from './folder-node';

/** `bundle` is the folder of our own programs. */
export interface TerminalOptions {
  context: ExtensionContext;
  sessions: EngineSessions;
  bundle: string;
  log: LogOutputChannel;
}

/** The variables new terminals of each folder get; VS Code itself marks older ones for relaunch when they change. */
export class TerminalEnvironment implements Disposable {
  readonly #options: TerminalOptions;
  readonly #store = new DisposableStore();
  /** The last update of each session: they run one after the other, so the last word is the latest. */
  readonly #updates = new WeakMap<EngineSession, Promise<void>>();

  constructor(options: TerminalOptions) {
    this.#options = options;
    const { sessions } = options;
    this.#store.add(sessions.onStateChanged((session) => this.#ask(session)));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('slipway')) return;
        for (const session of sessions.all) this.#ask(session);
      }),
    );
  }

  /** Switches recording in terminals of a folder on or off; returns whether it is on now. */
  async toggle(session: EngineSession): Promise<boolean> {
    const isOn = !recordsTerminals(session);
    await workspace.getConfiguration('slipway', session.folder.uri).update('terminals.record', isOn);
    return isOn;
  }

  dispose(): void {
    this.#store.dispose();
  }

  get #pathPrefix(): string {
    return join(this.#options.bundle, 'bin') + delimiter;
  }

  #ask(session: EngineSession): void {
    const before = this.#updates.get(session) ?? Promise.resolve();
    this.#updates.set(
      session,
      before.then(() => this.#update(session)),
    );
  }

  async #update(session: EngineSession): Promise<void> {
    const variables = this.#options.context.environmentVariableCollection.getScoped({
      workspaceFolder: session.folder,
    });
    if (!recordsTerminals(session) || !isWorkspaceState(session.state)) {
      variables.clear();
      return;
    }
    const client = session.client;
    // While the engine is away its address stays valid: it is permanent.
    if (client === undefined) return;
    try {
      await this.#fill(variables, session, trackingEnvironment(client.address));
    } catch (error) {
      this.#options.log.warn(`${session.folder.name}: ${messageOf(error)}`);
    }
  }

  async #fill(
    variables: EnvironmentVariableCollection,
    session: EngineSession,
    tracking: Record<string, string>,
  ): Promise<void> {
    const node = await folderNode(this.#options.bundle, session.folder);
    // Switched off meanwhile: the update that waits behind this one clears the variables.
    if (!recordsTerminals(session)) return;
    const isEditor = 'ELECTRON_RUN_AS_NODE' in node.env;
    const wanted = new Map(Object.entries({ ...tracking, SLIPWAY_NODE: node.command }));
    if (isEditor) wanted.set('SLIPWAY_NODE_IS_EDITOR', '1');
    variables.description = description();
    for (const [name, value] of wanted) {
      if (variables.get(name)?.value !== value) variables.replace(name, value);
    }
    if (!isEditor) variables.delete('SLIPWAY_NODE_IS_EDITOR');
    // A shell's own start-up files may put PATH together anew, so it is said again after them.
    const always: EnvironmentVariableMutatorOptions = { applyAtProcessCreation: true, applyAtShellIntegration: true };
    if (variables.get('PATH')?.value !== this.#pathPrefix) variables.prepend('PATH', this.#pathPrefix, always);
  }
}

/** Whether programs of this folder are to be told where to log. */
export function recordsTerminals(session: EngineSession): boolean {
  return workspace.getConfiguration('slipway', session.folder.uri).get('terminals.record', true);
}

function description(): MarkdownString {
  return new MarkdownString(
    l10n.t(
      'Code that logs to MLflow in this terminal is recorded in this workspace, and the `slipway` command is on the PATH. Nothing leaves this machine. The setting `slipway.terminals.record` switches it off.',
    ),
  );
}
