// From the editor to a contract: chosen or drafted for a dataset, and run on a file.
import { existsSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { commands, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { CheckReport } from '../../../protocol/datasets/contract/check';
import { cancellableWork } from '../../cancellable-work';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';
import type { ChosenVersion } from './chosen-rows';

const pattern = '**/*.odcs.{yaml,yml}';
const left = '**/{node_modules,.slipway,.git}/**';

/** Names a contract for the dataset in slipway.yaml: one that is there, or a draft made from the version. */
export async function addContract(tools: DatasetTools, chosen: ChosenVersion): Promise<void> {
  const { session, dataset } = chosen;
  const files = await contractsIn(session);
  const draft: QuickPickItem = {
    label: l10n.t('Draft a Contract from This Version'),
    description: l10n.t('types, nulls, ranges and sets with some slack'),
  };
  const items = [draft, ...files.map((file) => ({ label: basename(file), description: file }))];
  const placeHolder = l10n.t('Which contract must {0} hold?', dataset.name);
  const picked = files.length === 0 ? draft : await window.showQuickPick(items, { placeHolder });
  if (picked === undefined) return;
  const contract = picked === draft ? await drafted(chosen) : (picked.description ?? '');
  await session.requireClient().api.datasets.describe.mutate({ dataset: dataset.name, contract });
  await commands.executeCommand('vscode.open', Uri.file(join(session.folder.uri.fsPath, contract)));
  tools.view.say(l10n.t('{0} is checked against {1}.', dataset.name, contract));
}

/** Writes the draft where no file is, and returns its path from slipway.yaml. */
async function drafted({ session, dataset, version }: ChosenVersion): Promise<string> {
  const { infer } = session.requireClient().api.checks;
  const { text } = await cancellableWork(l10n.t('Drafting a contract for {0}', dataset.name), (signal) =>
    infer.query({ dataset: dataset.name, version: version.id }, { signal }),
  );
  const plain = dataset.name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-');
  const names = [plain, ...Array.from({ length: 50 }, (_, place) => `${plain}-${place + 2}`)];
  const root = session.folder.uri.fsPath;
  const name = names.map((each) => `${each}.odcs.yaml`).find((each) => !existsSync(join(root, each)));
  if (name === undefined)
    throw new SlipwayError('already-exists', l10n.t('There are too many contracts called {0}.', plain));
  await workspace.fs.writeFile(Uri.file(join(root, name)), new TextEncoder().encode(text));
  return name;
}

/** Runs the dataset's contract on a version, and shows what fails. Throws SlipwayError `invalid` where there is none. */
export async function checkVersion(tools: DatasetTools, { session, dataset, version }: ChosenVersion): Promise<void> {
  if (dataset.definition.contract === undefined)
    throw new SlipwayError('invalid', l10n.t('{0} has no contract: add one first.', dataset.name));
  const { run } = session.requireClient().api.checks;
  await cancellableWork(l10n.t('Checking {0}', dataset.name), (signal) =>
    run.mutate({ dataset: dataset.name, version: version.id }, { signal }),
  );
  const folder = session.folder.uri.toString();
  tools.panels.show({ folder, dataset: dataset.name, version: version.id, tab: 'contract' });
}

/** Runs a contract that the user picks on a file. */
export async function checkFile(tools: DatasetTools, file: Uri): Promise<void> {
  const session = tools.sessions.holding(file);
  if (session === undefined) throw new SlipwayError('invalid', l10n.t('Open the folder of this file to check it.'));
  const client = await session.awaitClient();
  const files = await contractsIn(session);
  if (files.length === 0) {
    throw new SlipwayError(
      'not-found',
      l10n.t('There is no *.odcs.yaml in {0}. Register the file as a dataset to draft one.', session.folder.name),
    );
  }
  const items = files.map((each) => ({ label: basename(each), description: each }));
  const placeHolder = l10n.t('Which contract must {0} hold?', basename(file.fsPath));
  const picked = await window.showQuickPick(items, { placeHolder });
  if (picked === undefined) return;
  const contract = join(session.folder.uri.fsPath, picked.description);
  const report = await cancellableWork(l10n.t('Checking {0}', basename(file.fsPath)), (signal) =>
    client.api.checks.file.mutate({ contract, file: file.fsPath }, { signal }),
  );
  await tellReport(report, { contract, name: basename(file.fsPath) });
}

async function tellReport(report: CheckReport, { contract, name }: { contract: string; name: string }): Promise<void> {
  const open = l10n.t('Open Contract');
  const isGood = report.verdict === 'pass';
  const [bad] = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  const detail = bad === undefined ? '' : ` ${bad.columns.join(', ')} ${bad.title}: ${bad.found}, ${bad.expected}.`;
  const show = isGood ? window.showInformationMessage : window.showWarningMessage;
  const chosen = await show(`${name}: ${report.summary}.${detail}`, open);
  const line = Math.max(0, (bad?.place.line ?? 1) - 1);
  if (chosen !== open) return;
  const place = { line, character: 0 };
  await commands.executeCommand('vscode.open', Uri.file(contract), { selection: { start: place, end: place } });
}

/** Paths from the folder, with slashes. */
async function contractsIn({ folder }: EngineSession): Promise<string[]> {
  const found = await workspace.findFiles({ baseUri: folder.uri, base: folder.uri.fsPath, pattern }, left, 500);
  return found.map(({ fsPath }) => relative(folder.uri.fsPath, fsPath).split(sep).join('/')).sort();
}
