// Opens the note of a run beside what is being looked at.
import { commands, l10n } from 'vscode';
import type { CommandTools } from '../commands/command-tools';
import { noteUri } from './note-files';
import { type Given, runFor } from './run-picker';

/** Opens a run's note in a Markdown editor; saving keeps it. */
export async function editNote(tools: CommandTools, given: Given): Promise<void> {
  const node = await runFor(tools, given, { question: l10n.t('Whose note is edited?') });
  if (node !== undefined) await commands.executeCommand('vscode.open', noteUri(node));
}
