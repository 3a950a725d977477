// Stopping a training cannot be undone, so it is asked for. Gently first; a second request, from whichever window, or a
// run that does not end, may end it at once.
import { l10n, window } from 'vscode';
import type { EngineClient } from '../client/engine-client';
import type { RunDetail, RunSummary } from '../protocol/run';

/** The recorder itself ends a command 10 s after the gentle request; one that is still there then is stuck. */
const patience = 13_000;

type StoppedRun = Pick<RunSummary, 'runId' | 'name'>;

/** Asks, then has the run's recorder stop its command. Does nothing when the user declines. */
export async function confirmAndStop(client: EngineClient, run: StoppedRun): Promise<void> {
  const since = await stopAsked(client, run.runId);
  if (since !== null) return stopAtOnce(client, run, since);
  const stop = l10n.t('Stop Run');
  const chosen = await window.showWarningMessage(
    l10n.t('Stop {0}?', run.name),
    {
      modal: true,
      detail: l10n.t(
        'Its command is asked to end, and ended after 10 s if it has not. What it has logged so far is kept.',
      ),
    },
    stop,
  );
  if (chosen !== stop) return;
  // Another window may have asked while this one's question stood.
  const meanwhile = await stopAsked(client, run.runId);
  if (meanwhile !== null) return stopAtOnce(client, run, meanwhile);
  await client.api.runs.stop.mutate({ runId: run.runId });
  setTimeout(() => void offerHardStop(client, run), patience);
}

/** When the run was asked gently, in epoch milliseconds; null when it was not. */
async function stopAsked(client: EngineClient, runId: string): Promise<number | null> {
  const { recording } = await client.api.runs.get.query({ runId });
  return recording?.stopAsked ?? null;
}

async function offerHardStop(client: EngineClient, run: StoppedRun): Promise<void> {
  const still = await running(client, run.runId);
  if (still === undefined) return;
  const stop = l10n.t('Stop at Once…');
  const sentence = l10n.t('{0} was asked to end and still runs.', run.name);
  if ((await window.showWarningMessage(sentence, stop)) !== stop) return;
  await stopAtOnce(client, run, still.recording?.stopAsked ?? Date.now());
}

/** `since`: when it was asked gently, in epoch milliseconds. */
async function stopAtOnce(client: EngineClient, run: StoppedRun, since: number): Promise<void> {
  const stop = l10n.t('Stop at Once');
  const chosen = await window.showWarningMessage(
    l10n.t('Stop {0} at once?', run.name),
    {
      modal: true,
      detail: l10n.t(
        'It was asked to end {0} s ago. Its command, and everything that started, is killed without time to save. What it has logged so far is kept.',
        Math.round((Date.now() - since) / 1000),
      ),
    },
    stop,
  );
  if (chosen === stop && (await running(client, run.runId)) !== undefined) {
    await client.api.runs.stop.mutate({ runId: run.runId, hard: true });
  }
}

/** Undefined too when nobody knows any more: the engine is gone, and with it this window's way to the run. */
async function running(client: EngineClient, runId: string): Promise<RunDetail | undefined> {
  const run = await client.api.runs.get.query({ runId }).catch(() => undefined);
  return run?.state === 'running' ? run : undefined;
}
