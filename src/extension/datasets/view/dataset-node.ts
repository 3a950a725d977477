// The rows of the Datasets view.
import type { DatasetSummary, DatasetVersion } from '../../../protocol/datasets/dataset';
import type { EngineSession } from '../../session/engine-session';

/** A workspace folder; only in windows with several. */
export interface DatasetFolderNode {
  kind: 'folder';
  session: EngineSession;
}

export interface DatasetNode {
  kind: 'dataset';
  session: EngineSession;
  dataset: DatasetSummary;
}

/** `users` is how many runs read it. */
export interface VersionNode {
  kind: 'version';
  session: EngineSession;
  dataset: DatasetSummary;
  version: DatasetVersion;
  users: number;
}

/** "Load more": of the list with this key. */
export interface MoreDatasetsNode {
  kind: 'more';
  session: EngineSession;
  key: string;
}

export type DatasetsNode = DatasetFolderNode | DatasetNode | VersionNode | MoreDatasetsNode;
