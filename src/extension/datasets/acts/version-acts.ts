// What can be done with one version: labelled, written to a path, measured against another, thrown away.
import { basename, join } from 'node:path';
import { env, l10n, Uri, window } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { asSlipwayError } from '../../../client/engine-client';
import { versionLabel } from '../../../protocol/datasets/dataset';
import type { LabelChange, RestoreResult } from '../../../protocol/datasets/dataset-api';
import { referenceLabel, versionName } from '../../../protocol/datasets/panel/version-name';
import { countText } from '../../../protocol/wording';
import { jobWithProgress } from '../../bundles/job-progress';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';
import { versionReference } from '../version-words';
import { type ChosenVersion, pickVersion } from './chosen-rows';
import { openTable } from './open-table';
import { offerUndo } from './undo-offer';

/** Gives a version a label, or takes away the one that it has. */
export async function labelVersion(tools: DatasetTools, { session, version }: ChosenVersion): Promise<void> {
  const known = version.labels.join(', ');
  const label = await window.showInputBox({
    prompt: l10n.t('A label for {0}; one that it has is taken away', versionName(version)),
    placeHolder: known === '' ? '2013-04' : l10n.t('It has: {0}', known),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const read = versionLabel.safeParse(text);
      return read.success ? undefined : (read.error.issues[0]?.message ?? l10n.t('This is no label.'));
    },
  });
  if (label === undefined) return;
  const isTaken = version.labels.includes(label);
  await moveLabel(tools, session, { dataset: version.dataset, label, version: isTaken ? null : version.id });
}

/** From now on drift is measured against this version. */
export function makeReference(tools: DatasetTools, { session, version }: ChosenVersion): Promise<void> {
  return moveLabel(tools, session, { dataset: version.dataset, label: referenceLabel, version: version.id });
}

/** From now on drift is measured against the versions before each, `last:N`: no version keeps the label, which would come first. */
export async function keepReference(
  tools: DatasetTools,
  { session, dataset: { name } }: ChosenVersion,
  reference: string,
): Promise<void> {
  const { label, describe } = session.requireClient().api.datasets;
  const taken = await label.mutate({ dataset: name, label: referenceLabel, version: null }).catch((error) => {
    if (SlipwayError.is(asSlipwayError(error), 'not-found')) return null;
    throw error;
  });
  const giveBack = async (): Promise<void> => void (taken !== null && (await label.mutate(taken)));
  const written = await describe.mutate({ dataset: name, reference }).catch(async (error) => {
    await giveBack();
    throw error;
  });
  offerUndo(
    l10n.t('{0}: slipway.yaml says now that drift is measured against {1}.', name, reference),
    async () => {
      await describe.mutate(written);
      await giveBack();
    },
    (error) => tools.notices.tell(error, { again: true }),
  );
}

async function moveLabel(tools: DatasetTools, session: EngineSession, change: LabelChange): Promise<void> {
  const { label } = session.requireClient().api.datasets;
  const undo = await label.mutate(change);
  const { dataset, version } = change;
  const says =
    version === null
      ? l10n.t('{0}: the label {1} was taken away.', dataset, change.label)
      : l10n.t('{0}: {1} is now {2}.', dataset, change.label, version.slice(0, 7));
  offerUndo(
    says,
    async () => void (await label.mutate(undo)),
    (error) => tools.notices.tell(error, { again: true }),
  );
}

/** Writes a version's files where the user says. */
export async function restoreVersion(tools: DatasetTools, { session, version, dataset }: ChosenVersion): Promise<void> {
  const client = session.requireClient();
  const { items } = await client.api.datasets.files.query({ dataset: dataset.name, version: version.id, limit: 2 });
  const isFile = items.length === 1 && items[0]?.path === '';
  const to = await (isFile ? askedFile(session, dataset.definition.path) : askedFolder(session));
  if (to === undefined) return;
  const request = { job: 'dataset-restore', dataset: dataset.name, version: version.id, to, force: isFile } as const;
  const title = l10n.t('Restoring {0}', versionReference(version));
  const result = await jobWithProgress<RestoreResult>(client, request, title);
  tools.view.say(
    result === undefined
      ? l10n.t('Restoring was cancelled. Nothing was written.')
      : l10n.t('{0} written to {1}.', countText(result.files, 'file'), result.to),
  );
}

async function askedFile(session: EngineSession, path: string | string[] | undefined): Promise<string | undefined> {
  const name = typeof path === 'string' ? basename(path) : 'data.csv';
  const defaultUri = Uri.file(join(session.folder.uri.fsPath, name));
  return (await window.showSaveDialog({ defaultUri, saveLabel: l10n.t('Restore') }))?.fsPath;
}

async function askedFolder(session: EngineSession): Promise<string | undefined> {
  const name = await window.showInputBox({
    prompt: l10n.t('A folder that is not there yet, from {0}', session.folder.name),
    value: 'restored',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Name a folder.') : undefined),
  });
  return name === undefined ? undefined : join(session.folder.uri.fsPath, name.trim());
}

/** Shows the version's drift from another one that the user picks. */
export async function measureDrift(tools: DatasetTools, chosen: ChosenVersion): Promise<void> {
  const { session, dataset, version } = chosen;
  const question = l10n.t('Which version is {0} measured against?', versionName(version));
  const other = await pickVersion(chosen, question, version.id);
  if (other === undefined) return;
  const folder = session.folder.uri.toString();
  tools.panels.show({ folder, dataset: dataset.name, version: version.id, tab: 'drift', reference: other.id });
}

/** `NAME@VERSION`. */
export async function copyVersionName(tools: DatasetTools, { version }: ChosenVersion): Promise<void> {
  await env.clipboard.writeText(versionReference(version));
  tools.view.say(l10n.t('{0} copied.', versionReference(version)));
}

/** The table of a version as rows and columns, where its file lies on the disk. */
export async function openRows({ session, dataset, version }: ChosenVersion): Promise<void> {
  const { source } = await session
    .requireClient()
    .api.datasets.table.query({ dataset: dataset.name, version: version.id });
  const files = 'files' in source ? source.files : Object.values(source.tables).flatMap((table) => table.files);
  const placeHolder = l10n.t('Which of its {0} is shown?', countText(files.length, 'file'));
  const file = files.length < 2 ? files[0] : await window.showQuickPick(files, { placeHolder });
  if (file === undefined) return;
  await openTable(Uri.file(file));
}
