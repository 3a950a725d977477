// What the actions of this stage share.
import type { Database } from '../../platform/sqlite/database';
import type { AuditLog } from '../../workspace/audit/audit-log';
import type { LoadedConfig } from '../../workspace/config';
import type { WorkspaceEvents } from '../../workspace/events';
import type { RunsService } from '../runs/service';

/** `actor` is who the moves are recorded under; runs are asked where a version's files come from; `rules` is slipway.yaml as it is now. */
export interface ModelsContext {
  database: Database;
  runs: RunsService;
  audit: AuditLog;
  events: Pick<WorkspaceEvents, 'modelChanged' | 'everyModelChanged'>;
  rules: () => LoadedConfig;
  /** Epoch milliseconds. */
  now: () => number;
  actor: string;
}
