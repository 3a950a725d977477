// The native context menu of a run panel's files. What was clicked is told by the page (`data-vscode-context`).
import { basename, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands, env, l10n, Uri, window, workspace } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { SlipwayError } from '../../../base/errors';
import { bytesText } from '../../../protocol/wording';
import type { Notices } from '../../notices';
import { pathSegment } from '../../path-segment';
import type { EngineSessions } from '../../session/engine-sessions';
import { runFileUri, sizeLimit } from '../run-files';
import { type ArtifactSource, saveArtifact, saveArtifactFolder } from './artifact-saving';

const clicked = z.object({ folder: z.string(), runId: z.string(), path: z.string() });
/** A file of a run, as a panel's page names it. `folder` is the workspace folder's URI. */
export type ClickedFile = z.infer<typeof clicked>;

/** Registers the menu's commands until disposed of. A failure becomes one sentence, once. */
export function registerFileCommands(sessions: EngineSessions, notices: Notices): Disposable {
  const table: Record<string, (file: ClickedFile) => Promise<unknown>> = {
    'slipway.openRunFile': (file) => openArtifact(sessions, file),
    'slipway.saveRunFile': (file) => saveArtifact(sourceOf(sessions, file)),
    'slipway.saveRunFolder': (file) => saveFolder(sessions, file),
    'slipway.revealRunFile': (file) => reveal(sessions, file),
    'slipway.copyRunFilePath': async ({ path }) => env.clipboard.writeText(path),
    'slipway.copyRunFileUri': async ({ runId, path }) => env.clipboard.writeText(`runs:/${runId}/${path}`),
  };
  const store = new DisposableStore();
  for (const [id, handler] of Object.entries(table)) {
    const guarded = async (given: unknown): Promise<void> => {
      const file = clicked.safeParse(given);
      if (file.success) await notices.attempt(id, () => handler(file.data));
    };
    store.add(commands.registerCommand(id, guarded));
  }
  return store;
}

/** Opens one file in the editor VS Code has for it; one that is too large is offered to be saved instead. */
export async function openArtifact(sessions: EngineSessions, file: ClickedFile): Promise<void> {
  const source = sourceOf(sessions, file);
  const { runId, path, folder } = file;
  const size = await source.client.api.artifacts.size.query({ runId, path });
  if (size > sizeLimit) {
    const save = l10n.t('Save As…');
    const sentence = l10n.t('{0} holds {1}, too much to open here.', basename(path), bytesText(size));
    if ((await window.showWarningMessage(sentence, save)) === save) await saveArtifact(source);
    return;
  }
  const { name } = await source.client.api.runs.get.query({ runId });
  await commands.executeCommand('vscode.open', runFileUri({ folder, runId, runName: name, kind: 'artifact', path }));
}

/** Where a file comes from. Throws SlipwayError `unavailable` without an engine. */
function sourceOf(sessions: EngineSessions, file: ClickedFile): ArtifactSource {
  const session = sessions.get(file.folder);
  return { client: session.requireClient(), runId: file.runId, path: file.path, start: session.folder.uri };
}

/** Asks for a place and copies a folder of a run there; the empty path is all of it. */
export async function saveFolder(sessions: EngineSessions, file: ClickedFile): Promise<void> {
  const source = sourceOf(sessions, file);
  const { name } = await source.client.api.runs.get.query({ runId: file.runId });
  await saveArtifactFolder(source, file.path === '' ? pathSegment(name) : file.path);
}

/** Only where artifacts are plain files: below a `file://` root. */
async function reveal(sessions: EngineSessions, { folder, runId, path }: ClickedFile): Promise<void> {
  const { client } = sourceOf(sessions, { folder, runId, path });
  const { artifactUri } = await client.api.runs.get.query({ runId });
  if (!artifactUri.startsWith('file://')) {
    throw new SlipwayError(
      'invalid',
      l10n.t('Artifacts of this workspace are kept by content, not as files. Save it instead.'),
    );
  }
  const root = fileURLToPath(artifactUri);
  const uri = Uri.file(`${root}${sep}${path}`);
  const isInside = workspace.getWorkspaceFolder(uri) !== undefined;
  await commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', uri);
}
