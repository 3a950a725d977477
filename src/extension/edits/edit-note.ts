// Opens the note of a run beside what is being looked at.
import { commands, l10n } from 'vscode';
import type { CommandTools } from '../commands/command-tools';
import type { Given } from '../picking/given-rows';
import { runFor } from '../picking/runs-for';
import { noteUri } from './note-files';

/** Opens a run's note in a Markdown editor; saving keeps it. */
export async function editNote(tools: CommandTools, given: Given): Promise<void> {
  const node = await runFor(tools, given, { question: l10n.t('Whose note is edited?') });
  if (node !== undefined) await commands.executeCommand('vscode.open', noteUri(node));
}
