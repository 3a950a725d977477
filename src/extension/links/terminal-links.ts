// What MLflow prints after a run leads to the run here, not to a web page that does not exist.
import { l10n, type TerminalLink, type TerminalLinkContext, type TerminalLinkProvider, window } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { RunsListing } from '../filter/runs-listing';
import type { Notices } from '../notices';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { showExperiment } from './experiment-showing';
import { printedAddresses } from './run-address';
import { openKnownRun } from './run-opening';

/** A link of ours; `runId` is undefined for a whole experiment. */
export interface RunTerminalLink extends TerminalLink {
  session: EngineSession;
  experimentId: string;
  runId: string | undefined;
}

/** What a link acts through. */
export interface LinkTools {
  sessions: EngineSessions;
  panels: RunPanels;
  listing: RunsListing;
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
    return printedAddresses(line).flatMap(({ start, length, port, experimentId, runId }) => {
      const session = this.#tools.sessions.running.find((each) => portOf(each) === port);
      if (session === undefined) return [];
      const tooltip =
        runId === undefined ? l10n.t('Show the experiment in Slipway') : l10n.t('Open the run in Slipway');
      return [{ startIndex: start, length, tooltip, session, experimentId, runId }];
    });
  }

  async handleTerminalLink({ session, experimentId, runId }: RunTerminalLink): Promise<void> {
    const { panels, listing, notices } = this.#tools;
    await notices.attempt('link.open', () =>
      runId === undefined ? showExperiment(listing, session, experimentId) : openKnownRun(panels, session, runId),
    );
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function portOf(session: EngineSession): number | undefined {
  return session.client === undefined ? undefined : Number(new URL(session.client.address.url).port);
}
