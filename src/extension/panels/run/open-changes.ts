// What was not committed when a run began, in VS Code's own comparison, all files together.
import { basename } from 'node:path';
import { commands, l10n } from 'vscode';
import type { EngineClient } from '../../../client/engine-client';
import type { RunDetail } from '../../../protocol/run';
import { runFileUri } from '../run-files';

/** Where the run is: `folder` is the workspace folder's URI. */
export interface ChangesSource {
  client: EngineClient;
  folder: string;
}

/** Side by side where the repository still holds the commit and the diff is whole; else the diff itself, as text. */
export async function openChanges(run: RunDetail, { client, folder }: ChangesSource): Promise<void> {
  const { runId, name, recording } = run;
  const uriOf = (kind: 'before' | 'after' | 'diff', path: string) =>
    runFileUri({ folder, runId, runName: name, kind, path });
  const git = recording?.git ?? null;
  // A change of no line is one of a file's mode, or of bytes that no comparison shows.
  const paths = (git?.changes ?? []).filter(({ added, removed }) => added + removed > 0).map(({ path }) => path);
  const [first] = paths;
  const isKnown = first !== undefined && git?.diffTruncated === false && (await canRead(client, runId, first));
  if (!isKnown) return void (await commands.executeCommand('vscode.open', uriOf('diff', '')));
  const pairs = paths.map((path) => [uriOf('after', path), uriOf('before', path), uriOf('after', path)]);
  if (pairs.length === 1) {
    const title = l10n.t('{0} ({1})', basename(first), name);
    await commands.executeCommand('vscode.diff', uriOf('before', first), uriOf('after', first), title);
  } else await commands.executeCommand('vscode.changes', l10n.t('Changes of {0}', name), pairs);
}

async function canRead(client: EngineClient, runId: string, path: string): Promise<boolean> {
  try {
    await client.api.runs.changedFile.query({ runId, path });
    return true;
  } catch {
    return false;
  }
}
