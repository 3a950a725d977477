// Stopping a training cannot be undone, so it is asked for. Gently first; a second request, or a run that does not end,
// may end it at once.
import { l10n, window } from 'vscode';
import type { EngineClient } from '../client/engine-client';
import type { RunSummary } from '../protocol/run';

/** The recorder itself ends a command 10 s after the gentle request; one that is still there then is stuck. */
const patience = 13_000;

/** When each run was asked to end, by run ID, in epoch milliseconds. */
const asked = new WeakMap<EngineClient, Map<string, number>>();

/** Asks, then has the run's recorder stop its command. Does nothing when the user declines. */
export async function confirmAndStop(client: EngineClient, run: Pick<RunSummary, 'runId' | 'name'>): Promise<void> {
  const times = asked.get(client) ?? new Map<string, number>();
  asked.set(client, times);
  const before = times.get(run.runId);
  if (before !== undefined) return stopAtOnce(client, run, before);
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
  const now = Date.now();
  await client.api.runs.stop.mutate({ runId: run.runId });
  times.set(run.runId, now);
  setTimeout(() => void offerHardStop(client, run, now), patience);
}

async function offerHardStop(
  client: EngineClient,
  run: Pick<RunSummary, 'runId' | 'name'>,
  since: number,
): Promise<void> {
  if (!(await isRunning(client, run.runId))) {
    asked.get(client)?.delete(run.runId);
    return;
  }
  const stop = l10n.t('Stop at Once…');
  const sentence = l10n.t('{0} was asked to end and still runs.', run.name);
  if ((await window.showWarningMessage(sentence, stop)) === stop) await stopAtOnce(client, run, since);
}

async function stopAtOnce(client: EngineClient, run: Pick<RunSummary, 'runId' | 'name'>, since: number): Promise<void> {
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
  if (chosen === stop && (await isRunning(client, run.runId))) {
    await client.api.runs.stop.mutate({ runId: run.runId, hard: true });
  }
}

/** False too when nobody knows any more: the engine is gone, and with it this window's way to the run. */
async function isRunning(client: EngineClient, runId: string): Promise<boolean> {
  const run = await client.api.runs.get.query({ runId }).catch(() => undefined);
  return run?.state === 'running';
}
