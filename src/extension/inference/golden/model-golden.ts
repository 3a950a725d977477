// The host's side of one model's golden cases on its page.
import { commands, l10n, Range, Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { GoldenAsk, GoldenAsks } from '../../../protocol/inference/golden/golden-panel';
import type { ModelPool } from '../../../protocol/inference/model-pool';

type Answers = {
  [Q in GoldenAsk]: (input: GoldenAsks[Q]['input'], signal: AbortSignal) => Promise<GoldenAsks[Q]['answer']>;
};

const runMilliseconds = 5 * 60_000;

/** Answers the page of the model at `path`. */
export class ModelGolden {
  readonly #path: string;
  readonly #processes: ModelPool;

  constructor(path: string, processes: ModelPool) {
    this.#path = path;
    this.#processes = processes;
  }

  /** Undefined for a question that is not about golden cases. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    if (!Object.hasOwn(this.#answers, name)) return undefined;
    const question = name as GoldenAsk;
    if (question !== 'goldenCases' && !workspace.isTrusted) {
      return Promise.reject(new SlipwayError('forbidden', l10n.t('Models are run in trusted folders only.')));
    }
    // The page is ours and its input typed.
    return this.#answers[question](input as never, signal);
  }

  readonly #answers: Answers = {
    goldenCases: (_, signal) => this.#processes.ask('goldenCases', { path: this.#path }, { signal }),
    runGolden: (_, signal) =>
      this.#processes.ask('golden', { path: this.#path, names: null }, { signal, deadline: runMilliseconds }),
    keepGolden: async ({ given }, signal) => {
      const { cases } = await this.#processes.ask('goldenCases', { path: this.#path }, { signal });
      const name = await window.showInputBox({
        title: l10n.t('Keep as Golden Case'),
        prompt: l10n.t('What the model answers now is what it has to answer from now on.'),
        value: freeName(cases.map((each) => each.name)),
        ignoreFocusOut: true,
        validateInput: (text) => {
          if (text.trim() === '') return l10n.t('Give the case a name.');
          return cases.some((each) => each.name === text.trim()) ? l10n.t('There is a case of this name.') : undefined;
        },
      });
      if (name === undefined) return null;
      await this.#processes.ask('keepGolden', { path: this.#path, name: name.trim(), given }, { signal });
      return { name: name.trim() };
    },
    showGolden: async ({ name }, signal) => {
      const { cases } = await this.#processes.ask('goldenCases', { path: this.#path }, { signal });
      const found = cases.find((each) => each.name === name);
      if (found?.file.endsWith('.yaml')) {
        const { line, column } = found;
        const selection = new Range(line - 1, column - 1, line - 1, column - 1);
        await window.showTextDocument(Uri.file(found.file), { selection });
      } else if (found !== undefined) await commands.executeCommand('revealInExplorer', Uri.file(found.file));
      return null;
    },
  };
}

function freeName(names: readonly string[]): string {
  let number = names.length + 1;
  while (names.includes(l10n.t('case {0}', number))) number += 1;
  return l10n.t('case {0}', number);
}
