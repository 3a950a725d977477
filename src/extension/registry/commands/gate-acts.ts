// Runs the gate of a version, and shows its rules.
import { commands, l10n, window } from 'vscode';
import type { KeptGate } from '../../../protocol/models/registry/model-version';
import { jobWithProgress } from '../../bundles/job-progress';
import { openConfig } from '../../config/config-line';
import type { RegistryTools } from '../registry-tools';
import type { ChosenModel, ChosenVersion } from './chosen-models';

/** The result stays as a notification that leads to the model. */
export async function runGate(
  { view, interrupted }: RegistryTools,
  { session, name, version }: ChosenVersion,
): Promise<void> {
  const what = `${name}@${version}`;
  const folder = session.folder.uri.toString();
  const request = { job: 'model-gate', name, version } as const;
  const client = session.requireClient();
  const kept = await interrupted.during({ folder, name, version }, () =>
    jobWithProgress<KeptGate>(client, request, l10n.t('Gate of {0}', what)),
  );
  if (kept === undefined) {
    view.say(l10n.t('The gate of {0} was cancelled. What it had found before is kept.', what));
    return;
  }
  const { verdict, sentence } = kept.report;
  const open = l10n.t('Open');
  const tell = verdict === 'pass' ? window.showInformationMessage : window.showWarningMessage;
  void tell(sentence, open).then((picked) => {
    if (picked === open) void commands.executeCommand('slipway.openModelVersion', { folder, name, version });
  });
}

/** slipway.yaml at the model's entry, where it has one. */
export async function openRules({ session, name }: ChosenModel): Promise<void> {
  const { rulesLine } = await session.requireClient().api.registry.get.query({ name, limit: 1 });
  await openConfig(session, rulesLine);
}
