// Runs that a page names, handed to a command as the rows of the tree would be.
import { commands } from 'vscode';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';

/** Runs of one folder as rows, in this order. Throws SlipwayError `not-found` where one is gone. */
export async function runNodes(session: EngineSession, runIds: readonly string[]): Promise<RunNode[]> {
  const { get } = session.requireClient().api.runs;
  const runs = await Promise.all(runIds.map((runId) => get.query({ runId })));
  return runs.map((run): RunNode => ({ kind: 'run', session, run }));
}

/** Does a command with these runs of one folder, in this order. Throws SlipwayError `not-found` where one is gone. */
export async function handRuns(session: EngineSession, command: string, runIds: readonly string[]): Promise<void> {
  const nodes = await runNodes(session, runIds);
  await commands.executeCommand(command, nodes[0], nodes);
}
