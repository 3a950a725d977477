// What became of a decision, told where it was asked for: one sentence where it was done, each rule with its reason where it
// was refused.
import { commands, l10n, window } from 'vscode';
import type { DecisionAnswer, Refusal } from '../../../protocol/models/registry/model-version';
import type { RegistryTools } from '../registry-tools';
import type { ChosenModel } from './chosen-models';

/** Tells nothing of an answer that is undefined: the user turned away. `failing`: what did not happen, where it is refused. */
export async function tellDecision(
  { view }: RegistryTools,
  { session, name }: ChosenModel,
  { answer, failing }: { answer: DecisionAnswer | undefined; failing: string },
): Promise<void> {
  if (answer === undefined) return;
  if (answer.refused.length === 0) view.say(answer.sentence);
  else await tellRefused({ session, name, version: answer.version }, failing, answer.refused);
}

/** In a dialog: each reason has a line of its own there, and whoever asked has to know that nothing moved. */
export async function tellRefused(
  { session, name, version }: ChosenModel & { version: string | null },
  sentence: string,
  refused: readonly Refusal[],
): Promise<void> {
  const detail = refused.map(({ rule, why }) => `${rule}: ${why}`).join('\n');
  const open = l10n.t('Open Model');
  if ((await window.showWarningMessage(sentence, { modal: true, detail }, open)) !== open) return;
  const folder = session.folder.uri.toString();
  await commands.executeCommand('slipway.openModelVersion', { folder, name, version });
}
