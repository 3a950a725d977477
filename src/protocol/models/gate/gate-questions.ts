// What the process of a gate answers.
import type { TableSource } from '../../datasets/table-source';
import type { GateReport, RuleResult } from './gate-report';

/** `folder` holds slipway.yaml; absolute. */
export interface GatePlanQuery {
  folder: string;
  model: string;
}

/** What slipway.yaml says of a model. `holdout` is a dataset's NAME@VERSION; the others are of that dataset's entry. */
export interface GatePlan {
  rules: number;
  holdout: string | null;
  path: string[] | null;
  id: string | null;
  label: string | null;
}

/** A table by the name people know it by. `version` is the SHA-256 of its content where that is known. */
export interface GateRows {
  name: string;
  version: string | null;
  source: TableSource;
  id: string | null;
  label: string | null;
}

/**
 * Files: no workspace is needed. `against`: a file, `git:REF:PATH`, or null for nothing. `output`: where the predictions
 * are left; nowhere where null. Paths are absolute.
 */
export interface GateFilesQuery extends GatePlanQuery {
  candidate: string;
  against: string | null;
  rows: GateRows | null;
  output: string | null;
}

/** `gatePlan` throws SlipwayError `invalid` with each mistake of the model's entry, and `not-found` without one. */
export interface GateQuestions {
  gatePlan: { input: GatePlanQuery; answer: GatePlan; partial: never };
  gateFiles: { input: GateFilesQuery; answer: GateReport; partial: RuleResult };
}
