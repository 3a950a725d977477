// Above each table of a contract: run it now, and what its last run came to.
import { CodeLens, type CodeLensProvider, EventEmitter, l10n, languages, type TextDocument, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { readContract } from '../../protocol/datasets/contract/reading/contract-reading';
import { agoText } from '../../protocol/wording';
import { contractFiles, rangeOf } from './contract-file';
import type { ContractReports } from './contract-reports';

/** `slipway.editor.codeLens` switches it off. */
export class ContractLens implements CodeLensProvider, Disposable {
  readonly #reports: ContractReports;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(reports: ContractReports) {
    this.#reports = reports;
    this.#store.add(reports.onChanged(() => this.#changed.fire()));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('slipway.editor.codeLens')) this.#changed.fire();
      }),
    );
    this.#store.add(languages.registerCodeLensProvider(contractFiles, this));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (!workspace.getConfiguration('slipway', document.uri).get('editor.codeLens', true)) return [];
    const reports = this.#reports.of(document.uri);
    return readContract(document.getText()).tables.flatMap(({ name, place }) => {
      const range = rangeOf(place);
      const run = { command: 'slipway.checkContract', arguments: [document.uri, name] };
      const lenses = [new CodeLens(range, { ...run, title: l10n.t('Check Now') })];
      const known = reports.get(name);
      if (known !== undefined) {
        const { report, about } = known;
        const words = [report.summary, agoText(Date.now() - report.time), about ?? []].flat().join(' · ');
        lenses.push(new CodeLens(range, { title: words, command: 'workbench.actions.view.problems' }));
      }
      return lenses;
    });
  }

  dispose(): void {
    this.#store.dispose();
  }
}
