// What a machine's user agrees to: commands that make data, and schedules. Each is shown as it will run, and holds for
// exactly that.
import { l10n, window } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { DatasetSummary } from '../../../protocol/datasets/dataset';
import { timeText } from '../../../protocol/wording';
import type { DatasetTools } from '../dataset-tools';
import type { ChosenDataset } from './chosen-rows';

/** Shows the command that makes a dataset when nobody on this machine agreed to it yet; false when it is not to run. */
export async function agreedToCommand({ session, dataset }: ChosenDataset): Promise<boolean> {
  const { datasets } = session.requireClient().api;
  const { command } = await datasets.get.query({ dataset: dataset.name });
  if (command === null || command.isAllowed) return true;
  const run = l10n.t('Run');
  const question = l10n.t('Run the command that makes {0}?', dataset.name);
  const detail = l10n.t(
    '{0}\n\nIt runs in {1}, with your rights. You are asked again when slipway.yaml says another one.',
    command.text,
    session.folder.uri.fsPath,
  );
  if ((await window.showWarningMessage(question, { modal: true, detail }, run)) !== run) return false;
  await datasets.allowCommand.mutate({ dataset: dataset.name, fingerprint: command.fingerprint });
  return true;
}

/** Shows what a schedule runs and when, and switches it on. Throws SlipwayError `invalid` for a dataset without one. */
export async function enableSchedule(tools: DatasetTools, { session, dataset }: ChosenDataset): Promise<void> {
  const { datasets } = session.requireClient().api;
  const { name, definition, schedule } = await datasets.get.query({ dataset: dataset.name });
  if (schedule === null) {
    const sentence = l10n.t(
      '{0} has no schedule. Write one beside its source in slipway.yaml, such as schedule: daily 06:00.',
      name,
    );
    throw new SlipwayError('invalid', sentence);
  }
  const enable = l10n.t('Enable');
  const question = l10n.t('Fetch {0} by itself on this machine, {1}?', name, schedule.text);
  const detail = l10n.t(
    'It runs: {0}\n\nWhat comes is a new version once its checks pass. The engine goes on without a window. When slipway.yaml says something else, the schedule is off again.',
    sourceText(definition),
  );
  if ((await window.showWarningMessage(question, { modal: true, detail }, enable)) !== enable) return;
  const { schedule: now } = await datasets.schedule.mutate({ dataset: name, fingerprint: schedule.fingerprint });
  const next = now?.next == null ? schedule.text : timeText(now.next, Date.now());
  tools.view.say(l10n.t('{0} is fetched by itself from now on. Next: {1}.', name, next));
}

/** Switches it off. */
export async function disableSchedule(tools: DatasetTools, { session, dataset }: ChosenDataset): Promise<void> {
  await session.requireClient().api.datasets.schedule.mutate({ dataset: dataset.name, fingerprint: null });
  tools.view.say(l10n.t('{0} is fetched only when you ask.', dataset.name));
}

/** Writes what is known of a dataset, such as one that came with a bundle, into slipway.yaml. */
export async function writeEntry(tools: DatasetTools, { session, dataset }: ChosenDataset): Promise<void> {
  await session.requireClient().api.datasets.describe.mutate({ dataset: dataset.name });
  tools.view.say(l10n.t('slipway.yaml names {0} now.', dataset.name));
}

function sourceText({ source }: DatasetSummary['definition']): string {
  if (source === undefined) return '';
  if ('url' in source) return l10n.t('fetch {0}', source.url);
  return 'command' in source ? source.command : l10n.t('{0} over {1}', source.query, source.sqlite);
}
