// Where this engine keeps artifacts: by content in the workspace, or as plain files where it was told to.
import { isDatasetContent } from '../lifecycle/datasets/store/content-store';
import { ArtifactService } from '../lifecycle/runs/artifacts/artifact-service';
import { LayeredArtifacts } from '../lifecycle/runs/artifacts/layered-artifacts';
import { ContentArtifacts } from '../lifecycle/runs/artifacts/store/content-artifacts';
import { ObjectStore } from '../platform/objects/object-store';
import { PlainFolder } from '../platform/objects/plain-folder';
import type { Database } from '../platform/sqlite/database';
import type { WorkspaceLayout } from '../protocol/folder/layout';
import type { WorkspaceEvents } from '../workspace/events';
import type { WriteQueue } from '../workspace/write-queue';
import type { EngineSettings } from './options';

/** What the artifact service is made of. */
export interface ArtifactParts {
  options: EngineSettings;
  layout: WorkspaceLayout;
  database: Database;
  events: WorkspaceEvents;
  writes: WriteQueue;
  /** Rejects the address of what has to stay as it is. */
  requireFree(address: string): Promise<void>;
}

/** The artifact service of one engine, and the stores of the workspace itself behind it. */
export interface EngineArtifacts {
  artifacts: ArtifactService;
  content: ContentArtifacts;
  objects: ObjectStore;
}

/** The artifacts of one engine; removes what uploads cut short by its predecessor have left. */
export function artifactsOf({
  options,
  layout,
  database,
  events,
  writes,
  requireFree,
}: ArtifactParts): EngineArtifacts {
  const objects = new ObjectStore(layout.objects);
  objects.sweep();
  const isUsedElsewhere = (sha256: string): boolean => isDatasetContent(database, sha256);
  const content = new ContentArtifacts({ database, objects, writes, now: Date.now, isUsedElsewhere });
  // Runs whose artifacts lie as files inside the workspace (an old ./mlruns) can be read where they are.
  const workspace = { root: layout.root, store: new PlainFolder(layout.root) };
  const { artifactRoot } = options;
  if (artifactRoot === undefined) {
    const artifacts = new ArtifactService({ proxied: content, folders: [workspace], events, requireFree });
    return { artifacts, content, objects };
  }
  const plain = new PlainFolder(artifactRoot.folder);
  plain.sweep();
  const folders = [{ root: artifactRoot.folder, store: plain }, workspace];
  const artifacts = new ArtifactService({
    proxied: new LayeredArtifacts(plain, content),
    folders,
    events,
    requireFree,
  });
  return { artifacts, content, objects };
}
