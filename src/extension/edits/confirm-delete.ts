// A training whose run lies in the trash is refused at its next call and dies of it: nobody is to find that out afterwards.
import { l10n, window } from 'vscode';
import type { RunSummary } from '../../protocol/run';
import { countText } from '../../protocol/wording';

type DeletedRun = Pick<RunSummary, 'name' | 'state' | 'recorded'>;

/**
 * Whether these runs may go to the trash: asked of the user, once for all, where a client still logs to some of them. A
 * recorded run that still runs is refused by the engine, and needs no question before.
 */
export async function mayDelete(runs: readonly DeletedRun[]): Promise<boolean> {
  const running = runs.filter(({ state }) => state === 'running');
  const [first] = running;
  if (first === undefined || running.some(({ recorded }) => recorded)) return true;
  const move = l10n.t('Move to Trash');
  const what = runs.length === 1 ? first.name : countText(runs.length, 'run');
  const detail =
    running.length === 1
      ? l10n.t('{0} is running. Its training fails at its next call once the run lies in the trash.', first.name)
      : l10n.t(
          '{0} are running. Their trainings fail at their next calls once the runs lie in the trash.',
          namesText(running),
        );
  const question = l10n.t('Move {0} to the trash?', what);
  return (await window.showWarningMessage(question, { modal: true, detail }, move)) === move;
}

/** `a, b and c`; of many the first two by name. */
function namesText(runs: readonly DeletedRun[]): string {
  const names = runs.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 2), l10n.t('{0} more', names.length - 2)] : names;
  return l10n.t('{0} and {1}', shown.slice(0, -1).join(', '), shown.at(-1) ?? '');
}
