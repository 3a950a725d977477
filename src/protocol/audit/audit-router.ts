// The procedures about the audit log.

import { t } from '../router/procedures';
import { auditAcceptance, auditQuery } from './audit';

/** Each checks its input and asks the engine's `AuditApi`. */
export const auditRoutes = t.router({
  list: t.procedure.input(auditQuery).query(({ ctx, input }) => ctx.api.listAudit(input)),
  accept: t.procedure.input(auditAcceptance).mutation(({ ctx, input }) => ctx.api.acceptAudit(input)),
  verify: t.procedure.query(({ ctx }) => ctx.api.verifyAudit()),
});
