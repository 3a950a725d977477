// Records a command the user types, in a terminal they can see and end themselves.
import { l10n, window } from 'vscode';
import type { CommandTools } from './command-tools';

const remembered = 'slipway.lastRecordedCommand';

/** Asks for a command, proposes the last one, and runs it under the recorder. */
export async function recordRun({ sessions, terminals, memory }: CommandTools): Promise<void> {
  const session = await sessions.choose(sessions.running);
  if (session === undefined) return;
  const asked = await window.showInputBox({
    title: l10n.t('Record a Run'),
    prompt: l10n.t('The command to record. It runs in a terminal, in {0}.', session.folder.name),
    placeHolder: 'python train.py',
    value: memory.get<string>(remembered, ''),
    validateInput: (text) => (text.trim() === '' ? l10n.t('Type a command, for example python train.py.') : undefined),
  });
  const command = asked?.trim();
  if (command === undefined || command === '') return;
  await memory.update(remembered, command);
  const terminal = window.createTerminal({
    name: command.split(/\s+/).slice(0, 2).join(' '),
    cwd: session.folder.uri,
    env: await terminals.commandEnvironment(session),
  });
  terminal.show();
  terminal.sendText(`slipway run -- ${command}`);
}
