// Opens a run of which only the id is known, once the engine of its folder answers.
import type { RunPanels } from '../panels/run-panels';
import type { EngineSession } from '../session/engine-session';

/** Shows the run's panel. Throws SlipwayError `not-found` when the folder has no such run, `unavailable` without an engine. */
export async function openKnownRun(panels: RunPanels, session: EngineSession, runId: string): Promise<void> {
  const { name } = await (await session.awaitClient()).api.runs.get.query({ runId });
  panels.show({ folder: session.folder.uri.toString(), runId, name });
}
