// The rows that break a check, beside the contract: in the panel of the dataset, else of a bare file as a document.
import { EventEmitter, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { BadRows } from '../../protocol/datasets/contract/check';
import type { DatasetPanels } from '../datasets/panel/dataset-panels';
import { pathSegment } from '../path-segment';
import type { ContractReports } from './contract-reports';

const scheme = 'slipway-bad-rows';
/** So many rows are shown; a person reads no more of them. */
const mostRows = 1000;
const mostWidth = 40;

/** Which check's rows. */
interface Subject {
  contract: string;
  table: string;
  check: string;
}

/** Its documents are read anew whenever one is opened. */
export class BadRowsDocuments implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  readonly #reports: ContractReports;
  readonly #panels: DatasetPanels;

  constructor(reports: ContractReports, panels: DatasetPanels) {
    this.#reports = reports;
    this.#panels = panels;
    this.#store.add(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: async (uri) => {
          const { contract, table, check } = JSON.parse(uri.query) as Subject;
          return badRowsText(await reports.badRows(Uri.parse(contract), table, { check, offset: 0, limit: mostRows }));
        },
      }),
    );
  }

  /** Opens the rows beside the editor. */
  async show(contract: Uri, table: string, check: string): Promise<void> {
    const data = this.#reports.of(contract).get(table)?.data;
    const folder = this.#reports.session(contract)?.folder.uri.toString();
    if (data !== undefined && 'dataset' in data && folder !== undefined) {
      const part = { tab: 'contract', badRows: check, isBeside: true } as const;
      this.#panels.show({ folder, ...data, ...part });
      return;
    }
    const subject: Subject = { contract: contract.toString(), table, check };
    const path = `/${pathSegment(`${table} ${check}`)} bad rows.txt`;
    const uri = Uri.from({ scheme, path, query: JSON.stringify(subject) });
    this.#changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Aligned columns; the first is the number of the row in the table. */
function badRowsText({ columns, rows, total }: BadRows): string {
  const heads = [l10n.t('row'), ...columns];
  const cells = rows.map(({ row, values }) => [
    row === null ? '' : String(row),
    ...values.map((value) => shortened(value ?? '–')),
  ]);
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((each) => each[at]?.length ?? 0)));
  const line = (each: readonly string[]): string =>
    each
      .map((cell, at) => (at === 0 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  const all = total ?? rows.length;
  const count =
    all > rows.length
      ? l10n.t('{0} of {1} rows that break the check', rows.length, all)
      : l10n.t('{0} rows that break the check', all);
  return [count, '', line(heads), ...cells.map(line), ''].join('\n');
}

function shortened(text: string): string {
  const flat = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return flat.length > mostWidth ? `${flat.slice(0, mostWidth - 1)}…` : flat;
}
