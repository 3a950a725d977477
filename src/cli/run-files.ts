// The files of a run, folder by folder.
import type { EngineClient } from '../client/engine-client';
import { everyPage } from '../protocol/every-page';
import type { ArtifactEntry } from '../protocol/run';

/** Every file at or below `path` ('' is all), by path. */
export async function* filesBelow(client: EngineClient, runId: string, path: string): AsyncGenerator<ArtifactEntry> {
  const { list: listed } = client.api.artifacts;
  for await (const { items } of everyPage((page) => listed.query({ runId, path, limit: 1000, page }))) {
    for (const entry of items) {
      if (entry.isDirectory) yield* filesBelow(client, runId, entry.path);
      else yield entry;
    }
  }
}
