// The rows of the Datasets view.
import type { DatasetSummary, DatasetVersion } from '../../../protocol/datasets/dataset';
import type { ConfigMistake } from '../../config/config-mistakes';
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

/** A mistake in slipway.yaml, which may hide a dataset. */
export interface MistakeNode {
  kind: 'mistake';
  session: EngineSession;
  mistake: ConfigMistake;
}

export type DatasetsNode = DatasetFolderNode | MistakeNode | DatasetNode | VersionNode | MoreDatasetsNode;
