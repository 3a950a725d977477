// What the evidence of a comparison asks its host to do: open files of its runs.
import { basename } from 'node:path';
import { commands, l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { CompareCommands } from '../../protocol/comparison/compare-panel';
import { openArtifact } from '../panels/run/file-commands';
import { runFileUri } from '../panels/run-files';
import type { EngineSessions } from '../session/engine-sessions';

/** A comparison's folder, and the runs that it may open files of. */
export interface EvidenceTarget {
  folder: string;
  sessions: EngineSessions;
  known: ReadonlySet<string>;
}

/** Opens one file in the editor that VS Code has for it. Throws SlipwayError `forbidden` for a run of others. */
export async function openRunFile(
  { folder, sessions, known }: EvidenceTarget,
  { runId, path }: CompareCommands['compare.openFile'],
): Promise<void> {
  refuseOthers(known, [runId]);
  await openArtifact(sessions, { folder, runId, path });
}

/** Opens the two files in the editor's own diff. Throws SlipwayError `forbidden` for a run of others. */
export async function openFileDiff(
  { folder, sessions, known }: EvidenceTarget,
  { runIds, paths }: CompareCommands['compare.openDiff'],
): Promise<void> {
  refuseOthers(known, runIds);
  const { get } = sessions.get(folder).requireClient().api.runs;
  const [before, after] = await Promise.all(runIds.map((runId) => get.query({ runId })));
  if (before === undefined || after === undefined) return;
  const uri = (run: typeof before, path: string) =>
    runFileUri({ folder, runId: run.runId, runName: run.name, kind: 'artifact', path });
  const title = l10n.t('{0} ({1} ↔ {2})', basename(paths[1]), before.name, after.name);
  await commands.executeCommand('vscode.diff', uri(before, paths[0]), uri(after, paths[1]), title, { preview: false });
}

function refuseOthers(known: ReadonlySet<string>, runIds: readonly string[]): void {
  if (runIds.every((runId) => known.has(runId))) return;
  throw new SlipwayError('forbidden', l10n.t('This panel may not open files of other runs.'));
}
