// Mistakes in slipway.yaml, as the engine tells them: underlined at their line.
import { Diagnostic, DiagnosticSeverity, languages, Range, Uri, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';

const place = /^slipway\.yaml:(\d+):(\d+): (.*)$/s;

/** One mistake; `line` and `column` count from 0. */
export interface ConfigMistake {
  file: Uri;
  line: number;
  column: number;
  message: string;
}

/** What the engine of a folder says of its slipway.yaml. */
export function configMistakes({ folder, warnings }: EngineSession): ConfigMistake[] {
  return warnings.flatMap((warning) => {
    const found = place.exec(warning);
    if (found === null) return [];
    const [, line = '1', column = '1', message = ''] = found;
    const file = Uri.joinPath(folder.uri, 'slipway.yaml');
    return [{ file, line: Number(line) - 1, column: Number(column) - 1, message }];
  });
}

/** Milliseconds for which somebody who types a slipway.yaml may be in the middle of a rule. */
export const typingPause = 10_000;

/**
 * What an engine warns of, without the mistakes of a slipway.yaml that is being typed: those are underlined where they are.
 * `written`: when the file was last saved, in epoch milliseconds.
 */
export function settledWarnings(session: EngineSession, written: number): readonly string[] {
  const file = Uri.joinPath(session.folder.uri, 'slipway.yaml').toString();
  const isTyped = workspace.textDocuments.some(({ uri }) => uri.toString() === file);
  if (!isTyped || Date.now() - written >= typingPause) return session.warnings;
  return session.warnings.filter((warning) => !place.test(warning));
}

/** Lives until disposed of. */
export class ConfigMistakes implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('slipway.yaml'));
  readonly #sessions: EngineSessions;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
    this.#store.add(sessions.onWarningsChanged(() => this.#show()));
    this.#store.add(sessions.onListChanged(() => this.#show()));
    this.#store.add(sessions.onConfigChanged((session) => session.askWarnings()));
    this.#show();
  }

  #show(): void {
    this.#collection.clear();
    for (const mistakes of this.#sessions.all.map(configMistakes)) {
      const [first] = mistakes;
      if (first !== undefined) this.#collection.set(first.file, mistakes.map(diagnosticOf));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function diagnosticOf({ line, column, message }: ConfigMistake): Diagnostic {
  // A place in a word is widened to that word.
  const diagnostic = new Diagnostic(new Range(line, column, line, column + 1), message, DiagnosticSeverity.Error);
  diagnostic.source = 'slipway';
  return diagnostic;
}
