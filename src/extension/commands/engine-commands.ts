// Commands about a folder's engine and its terminals.
import { l10n, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { CommandTools } from './command-tools';

/** Makes a folder a Slipway workspace. */
export async function initialize({ sessions }: CommandTools): Promise<void> {
  const candidates = sessions.all.filter(({ state }) => state.kind === 'uninitialized');
  const session = await sessions.choose(candidates);
  if (session === undefined) {
    if (candidates.length > 0) return;
    throw new SlipwayError('invalid', l10n.t('Every folder of this window is a Slipway workspace already.'));
  }
  await window.withProgress({ location: { viewId: 'slipway.runs' } }, () => session.initialize());
}

/** Ends a folder's engine and starts a fresh one. */
export async function restartEngine({ sessions }: CommandTools): Promise<void> {
  const session = await sessions.chooseWorkspace();
  await window.withProgress({ location: { viewId: 'slipway.runs' } }, async () => session?.restart());
}

/** Switches recording in new terminals of a folder on or off. */
export async function toggleTerminals({ sessions, terminals }: CommandTools): Promise<void> {
  const session = await sessions.chooseWorkspace();
  if (session === undefined) return;
  const isOn = await terminals.toggle(session);
  const words = isOn
    ? l10n.t('New terminals record what logs to MLflow.')
    : l10n.t('New terminals are no longer told where to log.');
  window.setStatusBarMessage(words, 6000);
}
