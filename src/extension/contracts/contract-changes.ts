// A change of a contract that is proposed: shown beside what stands there now, and made when the user agrees.
import { basename } from 'node:path';
import { commands, l10n, Range, TabInputTextDiff, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { TextChange } from '../../protocol/datasets/contract/writing/accepted-change';
import type { ContractReports } from './contract-reports';

const scheme = 'slipway-proposed';

/** `before` is the contract's whole text as it was when the change was proposed. */
interface Proposal {
  contract: Uri;
  table: string;
  before: string;
  changes: readonly TextChange[];
}

/** Lives until disposed of. */
export class ContractChanges implements Disposable {
  readonly #reports: ContractReports;
  readonly #store = new DisposableStore();
  readonly #proposals = new Map<string, Proposal>();
  #made = 0;

  constructor(reports: ContractReports) {
    this.#reports = reports;
    this.#store.add(
      workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => {
          const proposal = this.#proposals.get(uri.toString());
          return proposal === undefined ? l10n.t('This change is not proposed any more.') : afterOf(proposal);
        },
      }),
    );
    this.#store.add(
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#proposals.delete(uri.toString());
      }),
    );
  }

  /** Shows the contract as it is and as it would be. Throws SlipwayError `conflict` for a change of nothing. */
  async review(contract: Uri, table: string, changes: readonly TextChange[]): Promise<void> {
    const document = await workspace.openTextDocument(contract);
    if (changes.length === 0) throw changed();
    this.#made += 1;
    const proposed = contract.with({ scheme, query: String(this.#made) });
    this.#proposals.set(proposed.toString(), { contract, table, before: document.getText(), changes });
    const title = l10n.t('{0}: accept the new range?', basename(contract.fsPath));
    const { line } = document.positionAt(changes[0]?.from ?? 0);
    const selection = new Range(line, 0, line, 0);
    await commands.executeCommand('vscode.diff', contract, proposed, title, { preview: false, selection });
  }

  /** Makes the change that is in front, saves it where nothing else was unsaved, and runs the table again. */
  async accept(uri: Uri | undefined): Promise<void> {
    const proposed = uri ?? inFront();
    const proposal = this.#proposals.get(proposed?.toString() ?? '');
    if (proposed === undefined || proposal === undefined) throw changed();
    const { contract, table, before, changes } = proposal;
    const document = await workspace.openTextDocument(contract);
    const wasDirty = document.isDirty;
    if (document.getText() !== before) throw changed();
    const edit = new WorkspaceEdit();
    for (const { from, to, text } of changes)
      edit.replace(contract, new Range(document.positionAt(from), document.positionAt(to)), text);
    if (!(await workspace.applyEdit(edit))) throw changed();
    await closeTab(proposed);
    await window.showTextDocument(document, { preview: false });
    if (wasDirty) return;
    if (await document.save()) await this.#reports.run(document, table);
  }

  /** Closes the change that is in front and changes nothing. */
  async discard(uri: Uri | undefined): Promise<void> {
    const proposed = uri ?? inFront();
    if (proposed !== undefined) await closeTab(proposed);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function afterOf({ before, changes }: Proposal): string {
  // From the last one on, so that no place moves.
  return [...changes]
    .sort((a, b) => b.from - a.from)
    .reduce((text, change) => text.slice(0, change.from) + change.text + text.slice(change.to), before);
}

/** Of the comparison in front, when it is one of ours. */
function inFront(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputTextDiff && input.modified.scheme === scheme ? input.modified : undefined;
}

async function closeTab(proposed: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === proposed.toString(),
  );
  await window.tabGroups.close(shown);
}

function changed(): SlipwayError {
  return new SlipwayError('conflict', l10n.t('The contract has changed since. Check it again first.'));
}
