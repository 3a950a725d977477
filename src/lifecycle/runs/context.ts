// What the actions of this stage share: one database, one clock, one place that is told of changes.
import type { Database } from '../../platform/sqlite/database';
import type { WorkspaceEvents } from '../../workspace/events';

/** `artifactRoot` is the URI below which new experiments keep artifacts, such as `mlflow-artifacts:` or `file:///x`. */
export interface RunsContext {
  database: Database;
  events: WorkspaceEvents;
  /** Epoch milliseconds. */
  now: () => number;
  artifactRoot: string;
}
