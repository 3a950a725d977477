// The procedures about the audit log.

import { t } from '../router/procedures';
import { auditQuery } from './audit';

/** Each checks its input and asks the engine's `AuditApi`. */
export const auditRoutes = t.router({
  list: t.procedure.input(auditQuery).query(({ ctx, input }) => ctx.api.listAudit(input)),
  verify: t.procedure.query(({ ctx }) => ctx.api.verifyAudit()),
});
