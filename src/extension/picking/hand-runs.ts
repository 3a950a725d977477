// Runs that a page names, handed to a command as the rows of the tree would be.
import { commands } from 'vscode';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';

/** Does a command with these runs of one folder, in this order. Throws SlipwayError `not-found` where one is gone. */
export async function handRuns(session: EngineSession, command: string, runIds: readonly string[]): Promise<void> {
  const { get } = session.requireClient().api.runs;
  const runs = await Promise.all(runIds.map((runId) => get.query({ runId })));
  const nodes = runs.map((run): RunNode => ({ kind: 'run', session, run }));
  await commands.executeCommand(command, nodes[0], nodes);
}
