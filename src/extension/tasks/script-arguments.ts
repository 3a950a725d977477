// What a script is started with: asked for, with what it had last as the answer to change.
import { l10n, window } from 'vscode';
import { commandText, commandWords, needsShell } from '../../protocol/recording/command-line';
import type { EngineSession } from '../session/engine-session';
import { lineShell } from './line-shell';
import type { RecentCommand } from './recent-commands';
import { recordedBefore } from './recorded-before';

/**
 * The words of the command that starts `program` (interpreter and script) with what the user types behind it; undefined
 * when they leave. `remembered`: what this window recorded. A line that only a shell understands is handed to one.
 */
export async function withArguments(
  session: EngineSession,
  program: readonly [string, string],
  remembered: readonly RecentCommand[],
): Promise<string[] | undefined> {
  const [, script] = program;
  const before = (await recordedBefore(session, remembered)).flatMap(
    ({ command }) => argumentsOf(command, script) ?? [],
  );
  const line = await window.showInputBox({
    title: l10n.t('Run & Record {0}', script),
    prompt: l10n.t('Arguments of the script, as in a terminal.'),
    placeHolder: '--epochs 10',
    value: before[0] ?? '',
    ignoreFocusOut: true,
  });
  if (line === undefined) return undefined;
  const shell = lineShell();
  return needsShell(line)
    ? commandWords(`${commandText(program)} ${line}`, shell)
    : [...program, ...commandWords(line, shell)];
}

/** The line behind the script in a recorded command; undefined for another script's, or one that has none. */
function argumentsOf(command: readonly string[], script: string): string | undefined {
  const plain = (path: string): string => path.replaceAll('\\', '/').replace(/^\.\//, '');
  const at = command.findIndex((word) => plain(word) === plain(script));
  return at === -1 || at === command.length - 1 ? undefined : commandText(command.slice(at + 1));
}
