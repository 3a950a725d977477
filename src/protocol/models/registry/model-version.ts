// A version of a registered model: where it stands, what its gate found, who agreed, and what it was made from.
import * as z from 'zod';
import { saidReason } from '../../audit/said-reason';
import type { GateReport, GateVerdict } from '../gate/gate-report';
import { modelName } from '../model-definition';
import { addressInGit } from '../person';

/** MLflow's None is a candidate. */
export const versionStages = ['candidate', 'staging', 'production', 'archived'] as const;
export type VersionStage = (typeof versionStages)[number];

/** `ungated`: there are no rules. `unjudged`: nobody ran the gate. `outdated`: model, data, rules or champion are not those that were judged. */
export type GateState = GateVerdict | 'ungated' | 'unjudged' | 'outdated';

/** One row of a list. */
export interface VersionSummary {
  name: string;
  version: string;
  stage: VersionStage;
  aliases: string[];
  description: string;
  runId: string | null;
  runName: string | null;
  /** Who registered it, as git said then; null where nobody said. */
  author: string | null;
  /** Epoch milliseconds. */
  created: number;
  gate: GateState;
  /** What does not pass was let through by people, rule by rule. */
  isWaived: boolean;
  approvals: { given: number; need: number } | null;
}

/** A file of the version, by its path among its own. */
export interface VersionFile {
  path: string;
  sha256: string;
  size: number;
}

/** Something a person said of a version. `void`: why it does not count any more. Times are epoch milliseconds. */
export interface Approval {
  person: string;
  verdict: 'approved' | 'rejected';
  comment: string;
  time: number;
  expires: number | null;
  void: string | null;
}

/** A rule that a person let pass for a while. */
export interface Waiver {
  rule: string;
  person: string;
  reason: string;
  time: number;
  expires: number;
  void: string | null;
}

/** Why a move is refused: `rule` is the id of a rule of the gate, or `gate`, `approvals`, `rules`, `files`, `protected`. */
export interface Refusal {
  rule: string;
  why: string;
}

/** What the gate found when it was last asked. */
export interface KeptGate {
  report: GateReport;
  /** Epoch milliseconds. */
  time: number;
  actor: string;
  /** Over model, data, rules and champion: what approvals are bound to. */
  digest: string;
  /** What changed since; null while it holds. */
  outdated: string | null;
  /** The predictions it was judged by, among the artifacts of the run. */
  predictions: { runId: string; path: string } | null;
}

/** What may be done now, and why not: empty lists where it may. */
export interface VersionMoves {
  /** To production. */
  promote: Refusal[];
  approve: Refusal[];
}

/** Everything of one version. */
export interface VersionDetail extends VersionSummary {
  source: string;
  tags: Record<string, string>;
  /** Null where they are not kept here. */
  files: VersionFile[] | null;
  gated: {
    gate: KeptGate | null;
    approvals: Approval[];
    /** Who may agree; null: everybody. */
    from: string[] | null;
    waivers: Waiver[];
    moves: VersionMoves;
  } | null;
  /** Data that its run read, by name and content; with the labels of that version, none where it is not known any more. */
  data: { dataset: string; version: string; labels: string[] }[];
  commit: string | null;
}

/** An address, as git writes it into commits: without characters that nobody sees, and without quotes. */
export const personIdentity = z
  .string()
  .min(3)
  .max(320)
  .transform(addressInGit)
  .pipe(
    z
      .string()
      .regex(/^[^\s@\p{C}"\\]+@[^\s@\p{C}"\\]+$/u, 'an identity is an address, as git config user.email says it'),
  );
const comment = z.string().max(10_000);

/** Who makes a version, as the header of MLflow's `model-versions/create`: the address through `encodeURI`. */
export const identityHeader = 'x-slipway-identity';

/** `version`: a number, an alias or `latest`. `identity`: who looks, for what they may do. */
export const versionQuery = z.object({
  name: modelName,
  version: z.string().min(1).max(255),
  identity: personIdentity.nullable().default(null),
});

/** Which way a request came. */
export const decisionDoor = z.enum(['command line', 'editor']);

const decided = { name: modelName, identity: personIdentity, door: decisionDoor };
const version = z.string().min(1).max(255);

/** Agreeing to a version, or not. */
export const approvalRequest = z.discriminatedUnion('verdict', [
  z.object({ ...decided, version, verdict: z.literal('approved'), comment: comment.default('') }),
  z.object({ ...decided, version, verdict: z.literal('rejected'), comment: saidReason(10_000) }),
]);
export type ApprovalRequest = z.output<typeof approvalRequest>;

/** Letting a rule pass for a while. `expires`: epoch milliseconds. */
export const waiverRequest = z.object({
  ...decided,
  version,
  rule: z.string().min(1).max(100),
  reason: saidReason(10_000),
  expires: z.number().int(),
});
export type WaiverRequest = z.output<typeof waiverRequest>;

/** Where a version is to go: a stage, or an alias that is to name it. */
export const moveTarget = z.union([
  z.object({ stage: z.enum(versionStages) }),
  z.object({ alias: z.string().min(1).max(255) }),
]);
export type MoveTarget = z.output<typeof moveTarget>;

/** A move of a version. */
export const promotionRequest = z.object({ ...decided, version, to: moveTarget });
export type PromotionRequest = z.output<typeof promotionRequest>;

/** Back to the version that was in production before. */
export const rollbackRequest = z.object({ ...decided, reason: saidReason(10_000) });
export type RollbackRequest = z.output<typeof rollbackRequest>;

/** Agreeing to rules of slipway.yaml that are weaker than those that were accepted. */
export const rulesApprovalRequest = z.object({ ...decided, comment: comment.default('') });
export type RulesApprovalRequest = z.output<typeof rulesApprovalRequest>;

/** What became of a decision. `refused`: nothing moved, and why; each is in the audit log. */
export interface DecisionAnswer {
  name: string;
  /** The version it was about; of a rollback the one that is in production now. */
  version: string;
  refused: Refusal[];
  /** One sentence. */
  sentence: string;
}
