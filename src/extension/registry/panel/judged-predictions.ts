// The predictions that a version was judged by, in the grid: they are copied to this machine's disk, where tables are read.
import { join } from 'node:path';
import { commands, Uri } from 'vscode';
import { copyArtifact } from '../../../client/files/artifact-copy';
import type { EngineSession } from '../../session/engine-session';

/** `storage` is the folder for such copies. Throws the engine's SlipwayError. */
export async function openPredictions(
  session: EngineSession,
  { runId, path }: { runId: string; path: string },
  storage: string,
): Promise<void> {
  const target = join(storage, runId, path);
  // Anew each time: a copy must not outlive what it is of.
  await copyArtifact(session.requireClient(), { runId, path, target });
  await commands.executeCommand('vscode.openWith', Uri.file(target), 'slipway.grid');
}
