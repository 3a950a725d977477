// What can be done about a check that fails: look at the rows, or allow what there is, after a look at the change.
import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  l10n,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import type { Disposable } from '../../base/disposable';
import { readContract } from '../../protocol/datasets/contract/reading/contract-reading';
import { acceptedChange } from '../../protocol/datasets/contract/writing/accepted-change';
import { diagnosticSource } from './contract-diagnostics';
import { contractFiles } from './contract-file';
import type { ContractReports } from './contract-reports';

/** Lives until disposed of. */
export class ContractFixes implements CodeActionProvider, Disposable {
  readonly #reports: ContractReports;
  readonly #registered: Disposable;

  constructor(reports: ContractReports) {
    this.#reports = reports;
    this.#registered = languages.registerCodeActionsProvider(contractFiles, this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  provideCodeActions(document: TextDocument, _range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    const ours = diagnostics.filter(({ source, code }) => source === diagnosticSource && typeof code === 'string');
    return ours.flatMap((diagnostic) => this.#fixes(document, diagnostic));
  }

  #fixes(document: TextDocument, diagnostic: Diagnostic): CodeAction[] {
    const text = document.getText();
    return readContract(text).tables.flatMap((table) => {
      const check = table.checks.find(({ id }) => id === diagnostic.code);
      const report = this.#reports.of(document.uri).get(table.name)?.report;
      const result = report?.checks.find(({ id }) => id === diagnostic.code);
      if (check === undefined || result === undefined) return [];
      const show = new CodeAction(l10n.t('Show the Bad Rows'), CodeActionKind.QuickFix);
      show.command = {
        command: 'slipway.showBadRows',
        title: show.title,
        arguments: [document.uri, table.name, result.id],
      };
      const accept = acceptance(document, table.name, acceptedChange(text, check, result));
      const fixes = [...(result.canShowRows ? [show] : []), ...(accept === undefined ? [] : [accept])];
      for (const fix of fixes) fix.diagnostics = [diagnostic];
      return fixes;
    });
  }

  dispose(): void {
    this.#registered.dispose();
  }
}

/** Nothing is changed before the user has seen it. */
function acceptance(
  { uri }: TextDocument,
  table: string,
  changes: ReturnType<typeof acceptedChange>,
): CodeAction | undefined {
  if (changes.length === 0) return undefined;
  const action = new CodeAction(l10n.t('Accept the New Range…'), CodeActionKind.QuickFix);
  const review = 'slipway.reviewContractChange';
  action.command = { command: review, title: action.title, arguments: [uri, table, changes] };
  return action;
}
