// What MLflow prints after a run leads to the run here, not to a web page that does not exist.
import { commands, l10n, type TerminalLink, type TerminalLinkContext, type TerminalLinkProvider, window } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Notices } from '../notices';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { printedAddresses } from './run-address';
import { openKnownRun } from './run-opening';

export interface RunTerminalLink extends TerminalLink {
  session: EngineSession;
  runId: string | undefined;
}

export interface LinkTools {
  sessions: EngineSessions;
  panels: RunPanels;
  notices: Notices;
}

/** Links to runs and experiments of the engines of this window; every other address is left to VS Code. */
export class TerminalLinks implements TerminalLinkProvider<RunTerminalLink>, Disposable {
  readonly #tools: LinkTools;
  readonly #registration: Disposable;

  constructor(tools: LinkTools) {
    this.#tools = tools;
    this.#registration = window.registerTerminalLinkProvider(this);
  }

  provideTerminalLinks({ line }: TerminalLinkContext): RunTerminalLink[] {
    return printedAddresses(line).flatMap(({ start, length, port, runId }) => {
      const session = this.#tools.sessions.running.find((each) => portOf(each) === port);
      if (session === undefined) return [];
      const tooltip =
        runId === undefined ? l10n.t('Show its experiment in Slipway') : l10n.t('Open the run in Slipway');
      return [{ startIndex: start, length, tooltip, session, runId }];
    });
  }

  async handleTerminalLink({ session, runId }: RunTerminalLink): Promise<void> {
    const { panels, notices } = this.#tools;
    if (runId === undefined) await commands.executeCommand('slipway.runs.focus');
    else await notices.attempt(() => openKnownRun(panels, session, runId));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function portOf(session: EngineSession): number | undefined {
  return session.client === undefined ? undefined : Number(new URL(session.client.address.url).port);
}
