// Opens a run of which only the id is known, once the engine of its folder answers.
import { l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { EngineClient } from '../../client/engine-client';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSession } from '../session/engine-session';

/** Milliseconds in which an engine that is starting is waited for. */
const patience = 30_000;

/** Shows the run's panel. Throws SlipwayError `not-found` when the folder has no such run, `unavailable` without an engine. */
export async function openKnownRun(panels: RunPanels, session: EngineSession, runId: string): Promise<void> {
  const client = await clientOf(session);
  if (client === undefined) {
    throw new SlipwayError(
      'unavailable',
      l10n.t('The engine of {0} is not running, so its run cannot be shown.', session.folder.name),
    );
  }
  const { name } = await client.api.runs.get.query({ runId });
  panels.show({ folder: session.folder.uri.toString(), runId, name });
}

/** The client of a session, once it has one; undefined when it will not get one. */
export function clientOf(session: EngineSession): Promise<EngineClient | undefined> {
  const isComing = (): boolean => session.state.kind === 'starting' || session.state.kind === 'lost';
  if (!isComing()) return Promise.resolve(session.client);
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve(session.client);
    };
    const timer = setTimeout(settle, patience);
    const listener = session.onStateChanged(() => isComing() || settle());
  });
}
