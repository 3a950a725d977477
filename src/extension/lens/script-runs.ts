// The runs of a script.
import { relative } from 'node:path';
import type { RunSummary } from '../../protocol/run';
import type { EngineSession } from '../session/engine-session';

/** Milliseconds: whoever asks is about to show or to start something. */
const patience = 2000;

/**
 * The newest run of the script at the path `file`, under any of the names that a run may know it by; undefined when there
 * is none or the engine does not say.
 */
export async function lastRunOf({ client, folder }: EngineSession, file: string): Promise<RunSummary | undefined> {
  if (client === undefined) return undefined;
  const path = relative(folder.uri.fsPath, file).replaceAll('\\', '/');
  const options = { signal: AbortSignal.timeout(patience) };
  const pages = [path, `./${path}`, file].map((value) =>
    client.api.runs.list
      .query({ tags: [{ key: 'mlflow.source.name', value }], archived: 'with', limit: 1 }, options)
      .catch(() => undefined),
  );
  const runs = (await Promise.all(pages)).flatMap((page) => page?.items ?? []);
  return runs.sort((a, b) => b.startTime - a.startTime)[0];
}
