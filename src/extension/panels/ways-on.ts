// What every panel offers while there is no engine to ask.
import { commands, Uri } from 'vscode';
import type { Notices } from '../notices';
import type { EngineSessions } from '../session/engine-sessions';
import type { CommandHandlers } from './panel-host';

interface WaysOnOptions {
  folder: string;
  sessions: EngineSessions;
  notices: Notices;
}

/** The handlers of a panel over the folder with this URI, each of which the log names. */
export function waysOn({ folder, sessions, notices }: WaysOnOptions) {
  return notices.loggedEach({
    'engine.restart': () => sessions.find(folder)?.restart(),
    'trust.manage': async () => {
      await commands.executeCommand('workbench.trust.manage');
    },
    'folder.open': async () => {
      await commands.executeCommand('vscode.openFolder', Uri.parse(folder), { forceNewWindow: true });
    },
    'workspace.initialize': () => sessions.find(folder)?.initialize(),
    'logs.show': async () => {
      await commands.executeCommand('slipway.showLogs');
    },
  } satisfies Partial<CommandHandlers>);
}
