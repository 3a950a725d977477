// A training that is about to begin: whether the data that it names keep their contracts.
import * as z from 'zod';
import { saidReason } from '../audit/said-reason';

/** `inputs` are absolute paths, `named` what is none: DATASET or DATASET@VERSION; `reason` says why the run is to begin although checks fail, null when nobody says so. */
export const launchQuery = z.object({
  runId: z.string().min(1).max(256),
  inputs: z.array(z.string().min(1).max(4096)).max(1000),
  named: z.array(z.string().min(1).max(4096)).max(1000).default([]),
  reason: saidReason(2000).nullable().default(null),
});
export type LaunchQuery = z.output<typeof launchQuery>;

/** Data that stop a launch: one sentence for each check of severity error that fails. `version` is null for unread ones. */
export interface FailingData {
  dataset: string;
  version: string | null;
  failures: string[];
}

/** The version that an input named. `as` is what was written. */
export interface NamedVersionInput {
  as: string;
  dataset: string;
  version: string;
  bytes: number;
  files: number;
}

/**
 * `mayBegin`: nothing fails, or what fails was overridden with a reason, which is then on record. `missing`: a sentence for
 * each name that means nothing; no reason makes up for that.
 */
export interface LaunchJudgement {
  mayBegin: boolean;
  failing: FailingData[];
  missing: string[];
  versions: NamedVersionInput[];
}

/** Somebody used failing data all the same. Times are epoch milliseconds. */
export interface CheckOverride {
  time: number;
  actor: string;
  dataset: string;
  version: string;
  runId: string;
  reason: string;
  failed: string[];
}

/** Of one dataset or of one run; both null: all. */
export const overrideQuery = z.object({
  dataset: z.string().max(128).nullable().default(null),
  runId: z.string().max(256).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
});
export type OverrideQuery = z.output<typeof overrideQuery>;
