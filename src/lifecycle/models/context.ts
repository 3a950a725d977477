// What the actions of this stage share.
import type { Database } from '../../platform/sqlite/database';
import type { AuditLog } from '../../workspace/audit/audit-log';
import type { RunsService } from '../runs/service';

/** `actor` is who the moves are recorded under; runs are asked where a version's files come from. */
export interface ModelsContext {
  database: Database;
  runs: RunsService;
  audit: AuditLog;
  /** Epoch milliseconds. */
  now: () => number;
  actor: string;
}
