// The part of the API about the audit log.
import type { Database } from '../../platform/sqlite/database';
import type { AuditApi } from '../../protocol/audit/audit';
import { WorkspaceLayout } from '../../protocol/folder/layout';
import { auditPage } from '../../workspace/audit/audit-reading';
import type { ReaderPool } from '../../workspace/readers';
import type { EngineReads } from '../reads';

/** What the log is read from. */
export interface AuditApiParts {
  opened: { database: Database };
  databasePath: string;
  readers: Pick<ReaderPool<EngineReads>, 'run'>;
}

/** `audit.list` and `audit.verify`. */
export function auditApi({ opened, databasePath, readers }: AuditApiParts): AuditApi {
  return {
    listAudit: async (query) => auditPage(opened.database, query),
    verifyAudit: () => readers.run('auditCheck', WorkspaceLayout.auditHead(databasePath)),
  };
}
