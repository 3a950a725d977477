// What the actions of this stage share.
import type { Database } from '../../platform/sqlite/database';
import type { LoadedConfig } from '../../workspace/config';
import type { WorkspaceEvents } from '../../workspace/events';

/** `config` is slipway.yaml as it is now, `configPath` where it lies; `actor` is who overrides are recorded under. */
export interface DatasetsContext {
  database: Database;
  events: WorkspaceEvents;
  config: () => LoadedConfig;
  configPath: string;
  /** The workspace's folder, and that of its objects. */
  folder: string;
  objects: string;
  /** Epoch milliseconds. */
  now: () => number;
  actor: string;
}
