// Copies of a run's artifacts where the user wants them.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CancellationToken, l10n, ProgressLocation, Uri, window } from 'vscode';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { EngineClient } from '../../../client/engine-client';
import { everyPage } from '../../../protocol/every-page';
import type { ArtifactEntry } from '../../../protocol/run';
import { countText } from '../../../protocol/wording';

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
  const { start, path } = source;
  const proposed = start === undefined ? {} : { defaultUri: Uri.file(join(start.fsPath, basename(path))) };
  const chosen = await window.showSaveDialog(proposed);
  if (chosen === undefined) return;
  const progress = { location: ProgressLocation.Window, title: l10n.t('Saving {0}', basename(path)) };
  await window.withProgress(progress, () => copy(source, path, chosen.fsPath));
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
  const options = { location: ProgressLocation.Notification, title: l10n.t('Saving {0}', name), cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    let saved = 0;
    const failures: string[] = [];
    for await (const entry of filesBelow(source, source.path)) {
      if (token.isCancellationRequested) return;
      try {
        await copy(source, entry.path, join(target, entry.path.slice(source.path.length)), token);
        saved += 1;
      } catch (error) {
        failures.push(`${entry.path} (${messageOf(error)})`);
      }
      progress.report({ message: l10n.t('{0} files', saved) });
    }
    if (failures.length > 0) throw notSaved(failures, saved);
  });
}

function notSaved(failures: readonly string[], saved: number): SlipwayError {
  const rest = failures.length - mostNamed;
  const named = failures.slice(0, mostNamed).join(', ') + (rest > 0 ? l10n.t(' and {0} more', rest) : '');
  return new SlipwayError('invalid', l10n.t('Saved {0}. Not saved: {1}', countText(saved, 'file'), named));
}

async function copy(source: ArtifactSource, path: string, target: string, token?: CancellationToken): Promise<void> {
  const response = await source.client.artifact(source.runId, path);
  if (response.body === null)
    throw new SlipwayError(
      'not-found',
      l10n.t('{0} could not be read: the engine sent no content. Try again, or restart the engine.', path),
    );
  const abort = new AbortController();
  const cancelling = token?.onCancellationRequested(() => abort.abort());
  try {
    await mkdir(dirname(target), { recursive: true });
    await pipeline(Readable.fromWeb(response.body), createWriteStream(target), { signal: abort.signal });
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    cancelling?.dispose();
  }
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
