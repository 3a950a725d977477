// The part of the API about the audit log.
import type { AuditApi } from '../../protocol/audit/audit';
import { WorkspaceLayout } from '../../protocol/folder/layout';
import { auditPage } from '../../workspace/audit/audit-reading';
import { changedVersions } from '../registry/changed-versions';
import type { Services } from '../services';

const mostProblems = 20;

/** `audit.list`, `audit.verify` and `audit.accept`. */
export function auditApi(services: Services): AuditApi {
  const { opened, databasePath, readers, audit, writes, events } = services;
  return {
    listAudit: async (query) => auditPage(opened.database, query),
    verifyAudit: async () => {
      const log = await readers.run('auditCheck', WorkspaceLayout.auditHead(databasePath));
      const decided = [...(await readers.run('decisionProblems', undefined)), ...(await changedVersions(services))];
      const problems = [...log.problems, ...decided].slice(0, mostProblems);
      return { ...log, problems, isIntact: problems.length === 0 };
    },
    acceptAudit: async ({ identity, door, reason }) => {
      const accept = opened.database.transaction(() => audit.accept(identity, { reason, door }, Date.now()));
      await writes.run(() => accept.immediate());
      events.everyModelChanged();
      return { sentence: 'The audit log is relied on as it is from here. What was missing before stays told.' };
    },
  };
}
