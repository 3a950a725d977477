// Allows what a version has: the contract's change is shown first, and made when the user agrees.
import { join } from 'node:path';
import { l10n, Range, Uri, WorkspaceEdit, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { CheckReport } from '../../../protocol/datasets/contract/check';
import { readContract } from '../../../protocol/datasets/contract/reading/contract-reading';
import { acceptedChange } from '../../../protocol/datasets/contract/writing/accepted-change';
import type { ChosenVersion } from './chosen-rows';

/** Throws SlipwayError `conflict` when the contract is not as it was when the version was checked. */
export async function acceptRange({ session, dataset, version }: ChosenVersion, id: string): Promise<void> {
  const { findResult } = session.requireClient().api.datasets;
  const found = await findResult.query({ dataset: dataset.name, version: version.id, kind: 'check' });
  const report = found?.value as CheckReport | undefined;
  const result = report?.checks.find((each) => each.id === id);
  const { contract } = dataset.definition;
  if (report === undefined || result === undefined || contract === undefined) throw changed();
  const document = await workspace.openTextDocument(Uri.file(join(session.folder.uri.fsPath, contract)));
  const text = document.getText();
  const check = readContract(text)
    .tables.find(({ name }) => name === report.table)
    ?.checks.find((each) => each.id === id);
  if (check === undefined) throw changed();
  const edit = new WorkspaceEdit();
  const label = l10n.t('Allow what the data have');
  for (const { from, to, text: wanted } of acceptedChange(text, check, result)) {
    const range = new Range(document.positionAt(from), document.positionAt(to));
    edit.replace(document.uri, range, wanted, { needsConfirmation: true, label });
  }
  if (edit.size === 0) throw changed();
  await workspace.applyEdit(edit, { isRefactoring: true });
}

function changed(): SlipwayError {
  return new SlipwayError('conflict', l10n.t('The contract has changed since. Check the version again first.'));
}
