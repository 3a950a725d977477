// Stopping a training cannot be undone, so it is asked for. Gently first; a second request, from whichever window, or a
// run that does not end, may end it at once.

import { l10n, window } from 'vscode';
import type { Disposable } from '../../base/disposable';
import { isolatedName } from '../../base/isolated-name';
import type { RunDetail, RunSummary } from '../../protocol/run';
import type { Notices } from '../notices';
import type { EngineSession } from '../session/engine-session';
import { markEnded } from './mark-ended';
import type { RunEdits } from './run-edits';

/** The recorder itself ends a command 10 s after the gentle request; one that is still there then is stuck. */
const patience = 13_000;

/** The session is asked for its client each time, since an engine may end while a question stands. */
export interface StoppedRun {
  session: EngineSession;
  run: Pick<RunSummary, 'runId' | 'name' | 'recorded'>;
}

/** Stops runs, and looks after those that do not hear. */
export class RunStops implements Disposable {
  readonly #notices: Notices;
  readonly #edits: RunEdits;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(notices: Notices, edits: RunEdits) {
    this.#notices = notices;
    this.#edits = edits;
  }

  /**
   * Asks, then has the run's recorder stop its command; of a run without one asks how it ended. Does nothing when the
   * user declines. Throws the engine's SlipwayError, `unavailable` without an engine.
   */
  async confirm(stopped: StoppedRun): Promise<void> {
    const { session, run } = stopped;
    if (!run.recorded) return markEnded(this.#edits, stopped);
    const since = await stopAsked(stopped);
    if (since !== null) return stopAtOnce(stopped, since);
    const stop = l10n.t('Stop Run');
    const chosen = await window.showWarningMessage(
      l10n.t('Stop {0}?', isolatedName(run.name)),
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
    const meanwhile = await stopAsked(stopped);
    if (meanwhile !== null) return stopAtOnce(stopped, meanwhile);
    await session.requireClient().api.runs.stop.mutate({ runId: run.runId });
    this.#watch(stopped);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #watch(stopped: StoppedRun): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#notices.attempt('run.offerHardStop', () => offerHardStop(stopped));
    }, patience);
    this.#timers.add(timer);
  }
}

/** When the run was asked gently, in epoch milliseconds; null when it was not. */
async function stopAsked({ session, run }: StoppedRun): Promise<number | null> {
  const { recording } = await session.requireClient().api.runs.get.query({ runId: run.runId });
  return recording?.stopAsked ?? null;
}

async function offerHardStop(stopped: StoppedRun): Promise<void> {
  // Nobody waits for this offer: without an engine there is none, and the run's row has the same.
  const still = await running(stopped).catch(() => undefined);
  if (still === undefined) return;
  const stop = l10n.t('Stop at Once…');
  const sentence = l10n.t('{0} was asked to end and still runs.', isolatedName(stopped.run.name));
  if ((await window.showWarningMessage(sentence, stop)) !== stop) return;
  await stopAtOnce(stopped, still.recording?.stopAsked ?? Date.now());
}

/** `since`: when it was asked gently, in epoch milliseconds. */
async function stopAtOnce(stopped: StoppedRun, since: number): Promise<void> {
  const { session, run } = stopped;
  const stop = l10n.t('Stop at Once');
  const chosen = await window.showWarningMessage(
    l10n.t('Stop {0} at once?', isolatedName(run.name)),
    {
      modal: true,
      detail: l10n.t(
        'It was asked to end {0} s ago. Its command, and everything that started, is killed without time to save. What it has logged so far is kept.',
        Math.round((Date.now() - since) / 1000),
      ),
    },
    stop,
  );
  if (chosen !== stop || (await running(stopped)) === undefined) return;
  await session.requireClient().api.runs.stop.mutate({ runId: run.runId, hard: true });
}

/** The run, while it runs. Throws SlipwayError `unavailable` without an engine. */
async function running({ session, run }: StoppedRun): Promise<RunDetail | undefined> {
  const found = await session.requireClient().api.runs.get.query({ runId: run.runId });
  return found.state === 'running' ? found : undefined;
}
