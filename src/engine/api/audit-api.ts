// The part of the API about the audit log.
import type { AuditApi } from '../../protocol/audit/audit';
import { WorkspaceLayout } from '../../protocol/folder/layout';
import { auditPage } from '../../workspace/audit/audit-reading';
import { changedChampions } from '../registry/changed-champions';
import type { Services } from '../services';

const mostProblems = 20;

/** `audit.list` and `audit.verify`. */
export function auditApi(services: Services): AuditApi {
  const { opened, databasePath, readers } = services;
  return {
    listAudit: async (query) => auditPage(opened.database, query),
    verifyAudit: async () => {
      const log = await readers.run('auditCheck', WorkspaceLayout.auditHead(databasePath));
      const decided = [...(await readers.run('decisionProblems', undefined)), ...(await changedChampions(services))];
      const problems = [...log.problems, ...decided].slice(0, mostProblems);
      return { ...log, problems, isIntact: problems.length === 0 };
    },
  };
}
