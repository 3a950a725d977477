// A registered model: a name under which versions are kept.
import type { ModelVersionRecord } from './model-version';

/** One tag of a model or of a version. */
export interface ModelTag {
  key: string;
  value: string;
}

/** A name that points at one version of its model. */
export interface ModelAlias {
  alias: string;
  version: number;
}

/** A model's own fields; `model` is its identity, times are epoch milliseconds, no description is null. */
export interface RegisteredModelRow {
  model: number;
  name: string;
  description: string | null;
  creationTime: number;
  lastUpdateTime: number;
}

/** A model with everything shown of it: `latestVersions` holds the newest version of each stage. */
export interface RegisteredModelRecord extends RegisteredModelRow {
  tags: ModelTag[];
  aliases: ModelAlias[];
  latestVersions: ModelVersionRecord[];
}
