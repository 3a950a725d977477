// Squiggles in contracts: what is wrong with the file while it is written, and after a run the checks that do not pass.
import { Diagnostic, DiagnosticSeverity, l10n, languages, type TextDocument, type Uri, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { CheckResult } from '../../protocol/datasets/contract/check';
import type { CheckSeverity, ContractCheck, ReadContract } from '../../protocol/datasets/contract/contract';
import { readContract } from '../../protocol/datasets/contract/reading/contract-reading';
import { timeText } from '../../protocol/wording';
import { isContract, rangeOf } from './contract-file';
import type { ContractReports, KnownReport } from './contract-reports';

/** The source that VS Code shows beside a problem. */
export const diagnosticSource = 'slipway';
const rest = 250;

const severities: Readonly<Record<CheckSeverity, DiagnosticSeverity>> = {
  info: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
  error: DiagnosticSeverity.Error,
};

/** Lives until disposed of. */
export class ContractDiagnostics implements Disposable {
  readonly #reports: ContractReports;
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('slipway contracts'));
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(reports: ContractReports) {
    this.#reports = reports;
    this.#store.add(workspace.onDidOpenTextDocument((document) => this.#look(document)));
    this.#store.add(workspace.onDidChangeTextDocument(({ document }) => this.#lookSoon(document)));
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)));
    this.#store.add(reports.onChanged((uri) => this.#lookAt(uri)));
    for (const document of workspace.textDocuments) this.#look(document);
  }

  #lookAt(uri: Uri): void {
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document !== undefined) this.#look(document);
  }

  #lookSoon(document: TextDocument): void {
    if (!isContract(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => this.#look(document), rest),
    );
  }

  #look(document: TextDocument): void {
    if (!isContract(document) || document.isClosed) return;
    const contract = readContract(document.getText());
    const problems = contract.problems.map(({ place, message }) => {
      const diagnostic = new Diagnostic(rangeOf(place), message, DiagnosticSeverity.Error);
      diagnostic.source = diagnosticSource;
      return diagnostic;
    });
    this.#collection.set(document.uri, [...problems, ...this.#failing(document.uri, contract)]);
  }

  /** A check stands where it stands now, and one that is gone from the contract is no problem any more. */
  #failing(uri: Uri, contract: ReadContract): Diagnostic[] {
    return contract.tables.flatMap(({ name, checks }) => {
      const known = this.#reports.of(uri).get(name);
      return checks.flatMap((check) => {
        const result = known?.report.checks.find(({ id }) => id === check.id);
        if (known === undefined || result === undefined || result.verdict === 'pass') return [];
        return diagnosticOf(check, result, whenWords(known));
      });
    });
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#store.dispose();
  }
}

/** `flights@2013-07, 22 Nov 23:22`: what was checked, and when. */
function whenWords({ report, about }: KnownReport): string {
  return [about ?? [], timeText(report.time, Date.now())].flat().join(', ');
}

function diagnosticOf({ place, severity, test }: ContractCheck, result: CheckResult, when: string): Diagnostic[] {
  // Words for people are no problem.
  if (test.kind === 'words') return [];
  const { verdict, id } = result;
  const grade =
    verdict === 'not checked'
      ? DiagnosticSeverity.Information
      : verdict === 'error'
        ? DiagnosticSeverity.Error
        : severities[severity];
  const diagnostic = new Diagnostic(rangeOf(place), `${failureWords(result)} (${when})`, grade);
  diagnostic.source = diagnosticSource;
  diagnostic.code = id;
  return [diagnostic];
}

/** `Nulls of arr_delay: expected ≤ 5 %, found 6.9 % (69 rows).` */
function failureWords({ title, columns, expected, found, badRows, examples, note, verdict }: CheckResult): string {
  const of = columns.length === 0 ? title : l10n.t('{0} of {1}', title, columns.join(', '));
  if (verdict === 'error' || verdict === 'not checked') return `${of}: ${note ?? found}`;
  const rows = badRows === null || badRows === 0 ? '' : l10n.t(', {0} bad rows', badRows.toLocaleString('en-US'));
  const such = examples.length === 0 ? '' : l10n.t(', such as {0}', examples.slice(0, 3).join(', '));
  const said = l10n.t('{0}: expected {1}, found {2}', of, expected, found);
  return `${said}${rows}${such}.${note === null ? '' : ` ${note}`}`;
}
