// The audit log: what was decided and done, in order, as everybody outside the engine sees it.
import * as z from 'zod';
import { decisionDoor, personIdentity } from '../models/registry/model-version';
import type { Page } from '../run';
import { saidReason } from './said-reason';

/** One record. `subject` is a model, `delay` or `delay@3`. `hash` covers all of it but `seal`, and `prev`, the hash of the record before. */
export interface AuditRecord {
  seq: number;
  /** Epoch milliseconds. */
  time: number;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  prev: string;
  hash: string;
}

/** Something that is not as it was written. `seq` null: of the log as a whole. */
export interface AuditProblem {
  seq: number | null;
  message: string;
}

/** `unsealed`: records that were written on another machine, or where no key could be kept: their hashes hold, but anybody could have made them. */
export interface AuditVerification {
  records: number;
  isIntact: boolean;
  problems: AuditProblem[];
  unsealed: number;
  /** The newest hash: kept elsewhere it tells later whether this part of the log is still what it was. */
  head: string | null;
}

/** The newest first. `subject`: also its versions. */
export const auditQuery = z.object({
  subject: z.string().max(600).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(50),
  page: z.string().max(20).nullish(),
});

/** That the log is relied on as it is, although it may lack records. */
export const auditAcceptance = z.object({
  identity: personIdentity,
  door: decisionDoor,
  reason: saidReason(10_000),
});

/** What the engine does for its clients about the audit log. */
export interface AuditApi {
  listAudit(query: z.output<typeof auditQuery>): Promise<Page<AuditRecord>>;
  verifyAudit(): Promise<AuditVerification>;
  /** Throws SlipwayError `invalid` where the log is in no doubt. */
  acceptAudit(request: z.output<typeof auditAcceptance>): Promise<{ sentence: string }>;
}
