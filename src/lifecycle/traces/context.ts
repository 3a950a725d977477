// What the actions of this stage share.
import type { Database } from '../../platform/sqlite/database';
import type { WorkspaceEvents } from '../../workspace/events';
import type { RunsService } from '../runs/service';

/** Runs are asked for experiments and told of their traces. */
export interface TracesContext {
  database: Database;
  runs: RunsService;
  events: WorkspaceEvents;
  /** Epoch milliseconds. */
  now: () => number;
}
