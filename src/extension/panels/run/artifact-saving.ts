// Copies of a run's artifacts where the user wants them.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { EngineClient } from '../../../client/engine-client';
import { copyArtifact } from '../../../client/files/artifact-copy';
import { everyPage } from '../../../protocol/every-page';
import type { ArtifactEntry } from '../../../protocol/run';
import { countText } from '../../../protocol/wording';
import { untilCancelled } from '../../cancellable-work';

const pageSize = 500;
/** So many files that could not be saved are named. */
const mostNamed = 3;

/** What is saved, from where, and the folder the dialog starts in. */
export interface ArtifactSource {
  client: EngineClient;
  runId: string;
  path: string;
  start: Uri | undefined;
}

/** Asks where to, then copies one file. */
export async function saveArtifact(source: ArtifactSource): Promise<void> {
  const { client, runId, start, path } = source;
  const proposed = start === undefined ? {} : { defaultUri: Uri.file(join(start.fsPath, basename(path))) };
  const chosen = await window.showSaveDialog(proposed);
  if (chosen === undefined) return;
  const progress = { location: ProgressLocation.Window, title: l10n.t('Saving {0}', basename(path)) };
  await window.withProgress(progress, () => copyArtifact(client, { runId, path, target: chosen.fsPath }));
}

/**
 * Asks for a folder, then copies everything below `path` (empty: all) into one of the same name there. Files that cannot
 * be copied do not stop the others; SlipwayError names them at the end.
 */
export async function saveArtifactFolder(source: ArtifactSource, name: string): Promise<void> {
  const chosen = await window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: l10n.t('Save Here'),
    ...(source.start === undefined ? {} : { defaultUri: source.start }),
  });
  const folder = chosen?.[0];
  if (folder === undefined) return;
  const target = join(folder.fsPath, basename(name));
  if (existsSync(target) && !(await mayReplace(target))) return;
  const options = { location: ProgressLocation.Notification, title: l10n.t('Saving {0}', name), cancellable: true };
  await window.withProgress(options, (progress, token) =>
    untilCancelled(token, (signal) =>
      saveBelow(source, {
        target,
        signal,
        onSaved: (saved) => progress.report({ message: l10n.t('{0} files', saved) }),
      }),
    ),
  );
}

/** Everything below the source's path, into the folder `target`; what is cancelled says nothing. */
async function saveBelow(
  source: ArtifactSource,
  { target, signal, onSaved }: { target: string; signal: AbortSignal; onSaved: (files: number) => void },
): Promise<void> {
  const { client, runId } = source;
  let saved = 0;
  const failures: string[] = [];
  for await (const entry of filesBelow(source, source.path)) {
    if (signal.aborted) return;
    const { path } = entry;
    try {
      await copyArtifact(client, { runId, path, target: join(target, path.slice(source.path.length)), signal });
      saved += 1;
    } catch (error) {
      if (signal.aborted) return;
      failures.push(`${path} (${messageOf(error)})`);
    }
    onSaved(saved);
  }
  if (failures.length > 0) throw notSaved(failures, saved);
}

/** What a person has there must not be written over unasked; the dialog for one file asks by itself. */
async function mayReplace(target: string): Promise<boolean> {
  const replace = l10n.t('Replace Files');
  const question = l10n.t('There is a folder {0} already.', target);
  const detail = l10n.t('Files of it that have the name of one that is saved are replaced; all others stay.');
  return (await window.showWarningMessage(question, { modal: true, detail }, replace)) === replace;
}

function notSaved(failures: readonly string[], saved: number): SlipwayError {
  const rest = failures.length - mostNamed;
  const named = failures.slice(0, mostNamed).join(', ') + (rest > 0 ? l10n.t(' and {0} more', rest) : '');
  return new SlipwayError('invalid', l10n.t('Saved {0}. Not saved: {1}', countText(saved, 'file'), named));
}

async function* filesBelow({ client, runId }: ArtifactSource, path: string): AsyncGenerator<ArtifactEntry> {
  const { list } = client.api.artifacts;
  for await (const { items } of everyPage((page) => list.query({ runId, path, limit: pageSize, page }))) {
    for (const entry of items) {
      if (entry.isDirectory) yield* filesBelow({ client, runId, path, start: undefined }, entry.path);
      else yield entry;
    }
  }
}
