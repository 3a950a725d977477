// How a panel is told of the engine behind it.
import { l10n } from 'vscode';
import type { AwayReason, PanelEngine } from '../../protocol/panel';
import type { EngineSession } from '../session/engine-session';

/** What is said of a folder's engine; undefined for a folder that is not open. */
export function engineOf(session: EngineSession | undefined): PanelEngine {
  if (session === undefined) return away('closed', l10n.t('Open the folder of this run to see it.'));
  const { state } = session;
  switch (state.kind) {
    case 'running':
      return { state: 'running', message: null };
    case 'starting':
    case 'lost':
      return { state: 'starting', message: null };
    case 'down':
    case 'readOnly':
      return away('down', state.message);
    case 'untrusted':
      return away('restricted', l10n.t('No engine is started for a folder in Restricted Mode.'));
    case 'uninitialized':
      return away('uninitialized', l10n.t('Initialize it to start its engine.'));
    case 'virtual':
      return away('virtual', l10n.t('Slipway needs a folder on disk.'));
  }
}

function away(reason: AwayReason, message: string): PanelEngine {
  return { state: 'away', reason, message };
}
