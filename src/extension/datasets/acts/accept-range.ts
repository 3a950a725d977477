// Allows what a version has: the contract's change is proposed, and made when the user agrees.
import { join } from 'node:path';
import { commands, l10n, Uri, workspace } from 'vscode';
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
  const changes = acceptedChange(text, check, result);
  if (changes.length === 0) throw changed();
  await commands.executeCommand('slipway.reviewContractChange', document.uri, report.table, changes);
}

function changed(): SlipwayError {
  return new SlipwayError('conflict', l10n.t('The contract has changed since. Check the version again first.'));
}
