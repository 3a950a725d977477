// A run's name, typed anew.
import { l10n, window } from 'vscode';
import { longestRunName } from '../../protocol/runs/run-change';
import type { CommandTools } from '../commands/command-tools';
import type { Given } from '../picking/given-rows';
import { runFor } from '../picking/runs-for';
import { changeWords } from './change-words';

/** Asks for a new name and gives it to the run. */
export async function renameRun(tools: CommandTools, given: Given): Promise<void> {
  const node = await runFor(tools, given, { question: l10n.t('Which run gets another name?') });
  if (node === undefined) return;
  const { runId, name: old } = node.run;
  const name = (
    await window.showInputBox({
      title: l10n.t('Rename {0}', old),
      prompt: l10n.t('The new name. Two runs may share one.'),
      value: old,
      ignoreFocusOut: true,
      validateInput: nameProblem,
    })
  )?.trim();
  if (name === undefined || name === old) return;
  const change = { runId, name };
  await tools.edits.make({ session: node.session, changes: [change], says: changeWords(old, change) });
}

function nameProblem(text: string): string | undefined {
  const { length } = text.trim();
  if (length === 0) return l10n.t('Type a name: a run has one.');
  if (length > longestRunName)
    return l10n.t('A name has at most {0} characters; this one has {1}.', longestRunName, length);
  return undefined;
}
