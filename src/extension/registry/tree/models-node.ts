// The rows of the Models view.
import type { VersionStage, VersionSummary } from '../../../protocol/models/registry/model-version';
import type { ModelSummary } from '../../../protocol/models/registry/registered-model';
import type { EngineSession } from '../../session/engine-session';

/** A workspace folder; only in windows with several. */
interface ModelFolderNode {
  kind: 'folder';
  session: EngineSession;
}

/** A registered model. */
export interface ModelNode {
  kind: 'model';
  session: EngineSession;
  model: ModelSummary;
}

/** Rules of a model that were changed and wait for people; `pending` says what differs. */
export interface RulesNode {
  kind: 'rules';
  session: EngineSession;
  model: ModelSummary;
  pending: string;
}

/** The versions of a model that are in one stage, the newest first. `isWhole`: there are no more than those. */
export interface StageNode {
  kind: 'stage';
  session: EngineSession;
  model: ModelSummary;
  stage: VersionStage;
  versions: VersionSummary[];
  isWhole: boolean;
}

/** A version of a model. */
export interface VersionNode {
  kind: 'version';
  session: EngineSession;
  model: ModelSummary;
  version: VersionSummary;
}

/** "Load more": of the list with this key. */
export interface MoreModelsNode {
  kind: 'more';
  session: EngineSession;
  key: string;
}

/** A row of the Models view. */
export type ModelsNode = ModelFolderNode | ModelNode | RulesNode | StageNode | VersionNode | MoreModelsNode;
