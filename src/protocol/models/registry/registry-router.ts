// The procedures about registered models.
import { t } from '../../router/procedures';
import {
  approvalRequest,
  promotionRequest,
  rollbackRequest,
  rulesApprovalRequest,
  versionQuery,
  waiverRequest,
} from './model-version';
import { modelListQuery, modelQuery } from './registered-model';

/** Each checks its input and asks the engine's `RegistryApi`. */
export const registryRoutes = t.router({
  list: t.procedure.input(modelListQuery).query(({ ctx, input }) => ctx.api.listModels(input)),
  get: t.procedure.input(modelQuery).query(({ ctx, input }) => ctx.api.getModel(input)),
  version: t.procedure.input(versionQuery).query(({ ctx, input, signal }) => ctx.api.getVersion(input, signal)),
  approve: t.procedure.input(approvalRequest).mutation(({ ctx, input }) => ctx.api.approveVersion(input)),
  waive: t.procedure.input(waiverRequest).mutation(({ ctx, input }) => ctx.api.waiveRule(input)),
  promote: t.procedure
    .input(promotionRequest)
    .mutation(({ ctx, input, signal }) => ctx.api.promoteVersion(input, signal)),
  rollback: t.procedure.input(rollbackRequest).mutation(({ ctx, input }) => ctx.api.rollBack(input)),
  approveRules: t.procedure.input(rulesApprovalRequest).mutation(({ ctx, input }) => ctx.api.approveRules(input)),
});
