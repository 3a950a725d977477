// A client that was killed never says how its run ended, and there is no recorder that could: a person says it.
import { l10n, window } from 'vscode';
import type { RunState, RunStatus, RunSummary } from '../../protocol/run';
import { stateWord } from '../../protocol/wording';
import type { EngineSession } from '../session/engine-session';
import { changeWords } from './change-words';
import type { RunEdits } from './run-edits';

/** Enter takes the first: nobody is to call a run finished by accident. */
const endings: [RunStatus, RunState][] = [
  ['KILLED', 'killed'],
  ['FAILED', 'failed'],
  ['FINISHED', 'finished'],
];

/** Asks how a run ended that Slipway did not start, and keeps that. Does nothing when the user turns away. */
export async function markEnded(
  edits: RunEdits,
  { session, run }: { session: EngineSession; run: Pick<RunSummary, 'runId' | 'name'> },
): Promise<void> {
  const items = endings.map(([status, state]) => ({ title: stateWord(state), status }));
  const chosen = await window.showWarningMessage(
    l10n.t('Slipway did not start {0} and cannot end its process. Mark it as…', run.name),
    {
      modal: true,
      detail: l10n.t(
        'Its end is then when it was last heard of. A training that still runs goes on, and what it logs is kept.',
      ),
    },
    ...items,
  );
  if (chosen === undefined) return;
  const { runId, name } = run;
  const change = { status: chosen.status };
  // It may have ended by itself while the question stood.
  const changes = [{ runId, ...change, expected: { status: 'RUNNING' as const } }];
  await edits.make({ session, changes, says: changeWords(name, change) });
}
