// What can be asked of the registry, and decided in it.
import type * as z from 'zod';
import type { TakeBackSignal } from '../../conversation/take-back';
import type { Page } from '../../run';
import type {
  ApprovalRequest,
  DecisionAnswer,
  PromotionRequest,
  RollbackRequest,
  RulesApprovalRequest,
  VersionDetail,
  versionQuery,
  WaiverRequest,
} from './model-version';
import type { ModelDetail, ModelSummary, modelListQuery, modelQuery } from './registered-model';

/**
 * What the engine does for its clients about registered models. Every method may throw SlipwayError; a refusal by a rule is
 * an answer. A gate is run by the job `model-gate`.
 */
export interface RegistryApi {
  listModels(query: z.output<typeof modelListQuery>): Promise<Page<ModelSummary>>;
  getModel(query: z.output<typeof modelQuery>): Promise<ModelDetail>;
  getVersion(query: z.output<typeof versionQuery>, signal?: TakeBackSignal): Promise<VersionDetail>;
  /** Binds to what the version is now: model, data, rules, champion. */
  approveVersion(request: ApprovalRequest): Promise<DecisionAnswer>;
  waiveRule(request: WaiverRequest): Promise<DecisionAnswer>;
  /** A version that was not judged as it is now is refused: its gate is run first. */
  promoteVersion(request: PromotionRequest, signal?: TakeBackSignal): Promise<DecisionAnswer>;
  rollBack(request: RollbackRequest): Promise<DecisionAnswer>;
  approveRules(request: RulesApprovalRequest): Promise<DecisionAnswer>;
}
