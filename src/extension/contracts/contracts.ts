// Everything about contracts in the editor, put together.
import { commands, type Uri, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { readContract } from '../../protocol/datasets/contract/reading/contract-reading';
import type { TextChange } from '../../protocol/datasets/contract/writing/accepted-change';
import type { DatasetPanels } from '../datasets/panel/dataset-panels';
import type { Notices } from '../notices';
import type { EngineSessions } from '../session/engine-sessions';
import { BadRowsDocuments } from './bad-rows-document';
import { ContractChanges } from './contract-changes';
import { ContractCompletion } from './contract-completion';
import { ContractDiagnostics } from './contract-diagnostics';
import { ContractFixes } from './contract-fixes';
import { ContractLens } from './contract-lens';
import { ContractReports } from './contract-reports';

/** Lives until disposed of. */
export class Contracts implements Disposable {
  readonly #store = new DisposableStore();

  constructor({ sessions, notices, panels }: { sessions: EngineSessions; notices: Notices; panels: DatasetPanels }) {
    const reports = this.#store.add(new ContractReports(sessions));
    const rows = this.#store.add(new BadRowsDocuments(reports, panels));
    this.#store.add(new ContractDiagnostics(reports), new ContractLens(reports), new ContractFixes(reports));
    this.#store.add(new ContractCompletion(reports));
    const changes = this.#store.add(new ContractChanges(reports));
    const handlers = {
      'slipway.checkContract': (contract?: Uri, table?: string) => check(reports, contract, table),
      'slipway.showBadRows': (contract: Uri, table: string, id: string) => rows.show(contract, table, id),
      'slipway.reviewContractChange': (contract: Uri, table: string, change: TextChange[]) =>
        changes.review(contract, table, change),
      'slipway.acceptContractChange': (proposed?: Uri) => changes.accept(proposed),
      'slipway.discardContractChange': (proposed?: Uri) => changes.discard(proposed),
    };
    for (const [id, handler] of Object.entries(handlers)) {
      const run = handler as (...given: unknown[]) => unknown;
      this.#store.add(commands.registerCommand(id, (...given) => notices.attempt(id, () => run(...given))));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** From the palette: all tables of the contract in the editor. */
async function check(reports: ContractReports, contract: Uri | undefined, table: string | undefined): Promise<void> {
  const uri = contract ?? window.activeTextEditor?.document.uri;
  if (uri === undefined) return;
  const document = await workspace.openTextDocument(uri);
  const tables = table === undefined ? readContract(document.getText()).tables.map(({ name }) => name) : [table];
  // A contract that is wrong has no table, and is told why.
  for (const name of tables.length === 0 ? [''] : tables) await reports.run(document, name);
}
