// One item in the status bar: how the engine is, and how many runs are running.
import {
  version as editorVersion,
  env,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable';
import { settledWarnings, typingPause } from './config/config-mistakes';
import type { EngineSession } from './session/engine-session';
import type { EngineSessions } from './session/engine-sessions';
import { isComing, isWorkspaceState } from './session/engine-state';
import type { RunsView } from './views/runs-view';

/** What the tooltip offers; no other command can be run from it. */
const links: readonly (readonly [command: string, title: () => string])[] = [
  ['slipway.showLogs', () => l10n.t('Show Logs')],
  ['slipway.restartEngine', () => l10n.t('Restart Engine')],
  ['slipway.recordRun', () => l10n.t('Record a Run…')],
  ['slipway.copyDiagnostics', () => l10n.t('Copy Diagnostics')],
];

/** `version` is Slipway's own. */
export interface StatusItemOptions {
  sessions: EngineSessions;
  view: RunsView;
  version: string;
}

/** Hidden while no folder of the window is a Slipway workspace. */
export class EngineStatusItem implements Disposable {
  readonly #sessions: EngineSessions;
  readonly #view: RunsView;
  readonly #version: string;
  readonly #store = new DisposableStore();
  readonly #item: StatusBarItem;
  /** When the slipway.yaml of a folder was last saved, in epoch milliseconds. */
  readonly #written = new WeakMap<EngineSession, number>();
  #settling: NodeJS.Timeout | undefined;

  constructor({ sessions, view, version }: StatusItemOptions) {
    this.#sessions = sessions;
    this.#version = version;
    this.#view = view;
    this.#item = this.#store.add(window.createStatusBarItem('slipway.engine', StatusBarAlignment.Left));
    this.#item.name = l10n.t('Slipway Engine');
    this.#item.command = 'slipway.runs.focus';
    this.#store.add(sessions.onStateChanged(() => this.#show()));
    this.#store.add(sessions.onListChanged(() => this.#show()));
    this.#store.add(sessions.onWarningsChanged(() => this.#show()));
    this.#store.add(sessions.onConfigChanged((session) => this.#configured(session)));
    this.#store.add({ dispose: () => clearTimeout(this.#settling) });
    this.#store.add(view.onCounted(() => this.#show()));
    this.#show();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #configured(session: EngineSession): void {
    this.#written.set(session, Date.now());
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#show(), typingPause);
  }

  #show(): void {
    const sessions = this.#sessions.all.filter(({ state }) => isWorkspaceState(state));
    if (sessions.length === 0) {
      this.#item.hide();
      return;
    }
    const kinds = sessions.map(({ state }) => state.kind);
    const isDown = kinds.includes('down') || kinds.includes('readOnly');
    const isWarned = sessions.some((each) => settledWarnings(each, this.#written.get(each) ?? 0).length > 0);
    const isStarting = sessions.some(({ state }) => isComing(state));
    const running = this.#view.runningCount;
    const words = running > 0 ? `Slipway: ${l10n.t('{0} running', running)}` : 'Slipway';
    const icon = isDown || isWarned ? '$(warning)' : isStarting ? '$(sync~spin)' : '$(graph-line)';
    this.#item.text = `${icon} ${words}`;
    this.#item.backgroundColor = isDown || isWarned ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.tooltip = this.#tooltip(sessions, running);
    const warned = isWarned ? l10n.t('{0}, with a warning', words) : words;
    this.#item.accessibilityInformation = { label: isDown ? l10n.t('Slipway, engine not running') : warned };
    this.#item.show();
  }

  #tooltip(sessions: readonly EngineSession[], running: number): MarkdownString {
    const text = new MarkdownString('', true);
    text.isTrusted = { enabledCommands: links.map(([command]) => command) };
    for (const session of sessions) {
      text
        .appendMarkdown('**')
        .appendText(session.folder.name)
        .appendMarkdown('** ')
        .appendText(engineSentence(session));
      text.appendMarkdown('\n\n');
      for (const warning of session.warnings)
        text.appendMarkdown('$(warning) ').appendText(warning).appendMarkdown('\n\n');
    }
    if (running > 0) text.appendText(l10n.t('{0} running', running)).appendMarkdown('\n\n');
    text.appendMarkdown(links.map(([command, title]) => `[${title()}](command:${command})`).join(' · '));
    text.appendMarkdown('\n\n').appendText(`Slipway ${this.#version} · ${env.appName} ${editorVersion}`);
    return text;
  }
}

function engineSentence({ state }: EngineSession): string {
  switch (state.kind) {
    case 'running':
      return l10n.t('Engine {0} answers (pid {1}).', state.version, state.pid);
    case 'starting':
      return l10n.t('Engine starting.');
    case 'lost':
      return l10n.t('Engine restarting.');
    case 'down':
    case 'readOnly':
      return state.message;
    case 'uninitialized':
    case 'untrusted':
    case 'virtual':
      return '';
  }
}
