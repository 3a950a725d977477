// Above a script that trains or has been recorded: record it, also with arguments, debug it, and what its last run came to.
import {
  CodeLens,
  type CodeLensProvider,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { RunSummary } from '../../protocol/run';
import { agoText, numberText, stateWord } from '../../protocol/wording';
import type { EngineSessions } from '../session/engine-sessions';
import { Throttle } from '../throttle';
import { lastRunOf } from './script-runs';
import { startLine, trainingLine } from './training-script';

/** Milliseconds between two looks at the runs: lenses that jump under the mouse are worse than late ones. */
const rest = 3000;

/** The lens on Python files of folders whose engine answers; `slipway.editor.codeLens` switches it off. */
export class TrainingLens implements CodeLensProvider, Disposable {
  readonly #sessions: EngineSessions;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
    const throttle = this.#store.add(new Throttle(async () => this.#changed.fire(), rest));
    this.#store.add(sessions.onEvent(({ event }) => ['runs', 'hello'].includes(event.type) && throttle.ask()));
    this.#store.add(sessions.onStateChanged(() => throttle.ask()));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('slipway.editor.codeLens')) this.#changed.fire();
      }),
    );
    this.#store.add(languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, this));
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const session = this.#sessions.holding(document.uri);
    if (session?.client === undefined) return [];
    if (!workspace.getConfiguration('slipway', document.uri).get('editor.codeLens', true)) return [];
    const text = document.getText();
    const last = await lastRunOf(session, document.uri.fsPath);
    const line = trainingLine(text) ?? (last === undefined ? undefined : startLine(text));
    if (line === undefined) return [];
    const range = new Range(line, 0, line, 0);
    const lenses = [
      new CodeLens(range, action('slipway.recordScript', l10n.t('Run & Record'), document)),
      new CodeLens(range, action('slipway.recordScriptWith', l10n.t('with Arguments…'), document)),
      new CodeLens(range, action('slipway.debugScript', l10n.t('Debug & Record'), document)),
    ];
    if (last !== undefined) {
      const open = { command: 'slipway.openThisRun', arguments: [{ kind: 'run', session, run: last }] };
      lenses.push(new CodeLens(range, { ...open, title: lastWords(last, Date.now()), tooltip: last.name }));
    }
    return lenses;
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function action(
  command: string,
  title: string,
  document: TextDocument,
): { command: string; title: string; arguments: unknown[] } {
  return { command, title, arguments: [document.uri] };
}

function lastWords(run: RunSummary, now: number): string {
  const metric = run.headline === null ? undefined : `${run.headline.key} ${numberText(run.headline.value)}`;
  if (run.state === 'running') return [l10n.t('running'), ...(metric === undefined ? [] : [metric])].join(', ');
  const result = run.state === 'finished' && metric !== undefined ? metric : stateWord(run.state).toLowerCase();
  return l10n.t('last {0}, {1}', result, agoText(now - (run.endTime ?? run.startTime)));
}
