// Stopping a training cannot be undone, so it is asked for once.
import { l10n, window } from 'vscode';
import type { EngineClient } from '../client/engine-client';
import type { RunSummary } from '../protocol/run';

/** Asks, then has the run's recorder stop its command. Does nothing when the user declines. */
export async function confirmAndStop(client: EngineClient, run: RunSummary): Promise<void> {
  const stop = l10n.t('Stop Run');
  const chosen = await window.showWarningMessage(
    l10n.t('Stop {0}?', run.name),
    { modal: true, detail: l10n.t('Its command is asked to end. What it has logged so far is kept.') },
    stop,
  );
  if (chosen === stop) await client.api.runs.stop.mutate({ runId: run.runId });
}
