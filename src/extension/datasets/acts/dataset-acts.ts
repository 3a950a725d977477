// What can be done with one dataset: read again, described, tracked, thrown away.
import { join } from 'node:path';
import { commands, l10n, Uri, window } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';
import type { DescriptionChange, RefreshResult, TrackResult, TrashMove } from '../../../protocol/datasets/dataset-api';
import { jobWithProgress } from '../../bundles/job-progress';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';
import type { ChosenDataset, ChosenVersion } from './chosen-rows';
import { tellCancelled, tellRead } from './register-dataset';
import { agreedToCommand } from './schedule-acts';
import { offerUndo } from './undo-offer';

/** Reads, or fetches, what is there now. */
export async function refreshDataset(tools: DatasetTools, chosen: ChosenDataset): Promise<void> {
  const { session, dataset } = chosen;
  if (!(await agreedToCommand(chosen))) return;
  const request = { job: 'dataset-refresh', dataset: dataset.name } as const;
  const title = l10n.t('Reading {0}', dataset.name);
  const result = await jobWithProgress<RefreshResult>(session.requireClient(), request, title);
  if (result !== undefined) return tellRead(tools, result);
  const nothing = l10n.t('Reading {0} was cancelled. Nothing was changed.', dataset.name);
  await tellCancelled(tools, session, { dataset: dataset.name, before: dataset.latest?.id ?? null, nothing });
}

/** Writes what DVC would. */
export async function trackDataset(tools: DatasetTools, { session, dataset }: ChosenDataset): Promise<void> {
  const request = { job: 'dataset-track', dataset: dataset.name } as const;
  const title = l10n.t('Tracking {0} with DVC', dataset.name);
  const result = await jobWithProgress<TrackResult>(session.requireClient(), request, title);
  if (result !== undefined) tools.view.say(l10n.t('{0} is tracked: {1} was written.', dataset.name, result.dvcFile));
}

type Field = Exclude<keyof DescriptionChange, 'dataset'>;

const fields: readonly { field: Field; label: () => string; hint: () => string }[] = [
  { field: 'owner', label: () => l10n.t('Owner'), hint: () => l10n.t('who answers for it') },
  { field: 'description', label: () => l10n.t('Description'), hint: () => l10n.t('what it is, in a sentence or two') },
  { field: 'tags', label: () => l10n.t('Tags'), hint: () => l10n.t('words, with commas between') },
  { field: 'key', label: () => l10n.t('Key'), hint: () => l10n.t('columns that name a row, with commas between') },
  { field: 'time', label: () => l10n.t('Time'), hint: () => l10n.t('the column that says when') },
  { field: 'label', label: () => l10n.t('Label to Predict'), hint: () => l10n.t('the column that is predicted') },
  { field: 'contract', label: () => l10n.t('Contract'), hint: () => l10n.t('its file, from slipway.yaml') },
];

/** Changes one word about it in slipway.yaml. */
export async function describeDataset(tools: DatasetTools, { session, dataset }: ChosenDataset): Promise<void> {
  const { definition, name } = dataset;
  const items = fields.map(({ field, label, hint }) => {
    const value = textOf(definition, field);
    return { label: label(), description: value === '' ? hint() : value, field, hint: hint(), value };
  });
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('What is to be said of {0}?', name) });
  if (picked === undefined) return;
  const { value, hint } = picked;
  const prompt = l10n.t('{0}: {1}; empty for nothing', picked.label, hint);
  const text = await window.showInputBox({ prompt, value, ignoreFocusOut: true });
  if (text === undefined) return;
  await changeDescription(tools, session, { dataset: name, [picked.field]: fieldValue(picked.field, text) });
}

async function changeDescription(
  tools: DatasetTools,
  session: EngineSession,
  change: DescriptionChange,
): Promise<void> {
  const { describe } = session.requireClient().api.datasets;
  const undo = await describe.mutate(change);
  const says = l10n.t('slipway.yaml says it of {0} now.', change.dataset);
  offerUndo(
    says,
    async () => void (await describe.mutate(undo)),
    (error) => tools.notices.tell(error, { again: true }),
  );
}

function textOf(definition: DatasetDefinition, field: Field): string {
  const value = definition[field];
  return value === undefined ? '' : typeof value === 'string' ? value : value.join(', ');
}

function fieldValue(field: Field, text: string): string | string[] | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (field !== 'tags' && field !== 'key') return trimmed;
  return trimmed
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** To the trash, with the means to take it back. */
export async function deleteDataset(tools: DatasetTools, chosen: ChosenDataset | ChosenVersion): Promise<void> {
  const { session, dataset } = chosen;
  const { api } = session.requireClient();
  const version = 'version' in chosen ? chosen.version.id : null;
  const move: TrashMove = { dataset: dataset.name, version };
  await api.datasets.delete.mutate(move);
  const what = version === null ? dataset.name : `${dataset.name}@${version.slice(0, 12)}`;
  offerUndo(
    l10n.t('{0} moved to the trash.', what),
    async () => void (await api.datasets.undelete.mutate(move)),
    (error) => tools.notices.tell(error, { again: true }),
  );
}

/** The contract's file, at a line where one is named. Throws SlipwayError `invalid` for a dataset without one. */
export async function openContract({ session, dataset }: ChosenDataset, line: number | null = null): Promise<void> {
  const { contract } = dataset.definition;
  if (contract === undefined) {
    throw new SlipwayError('invalid', l10n.t('{0} has no contract. Describe it with one first.', dataset.name));
  }
  const file = Uri.file(join(session.folder.uri.fsPath, contract));
  const at =
    line === null
      ? {}
      : { selection: { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 0 } } };
  await commands.executeCommand('vscode.open', file, at);
}
