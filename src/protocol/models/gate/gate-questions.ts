// What the process of a gate answers.
import type { TableSource } from '../../datasets/table-source';
import type { ModelDefinition } from '../model-definition';
import type { GateReport, GateVerdict, RuleResult } from './gate-report';

/** `folder` holds slipway.yaml; absolute. `base`: the commit whose rules count too; null for those of the folder alone. */
export interface GatePlanQuery {
  folder: string;
  model: string;
  base: string | null;
}

/** What slipway.yaml says of a dataset; null where it does not. */
export interface GatePlanTable {
  path: string[] | null;
  id: string | null;
  label: string | null;
}

/** What slipway.yaml says of a model. `holdout` is a dataset's NAME@VERSION; the others are of that dataset's entry. */
export interface GatePlan extends GatePlanTable {
  rules: number;
  holdout: string | null;
  /** What rules compare with, and judge on, by their own words. */
  against: string[];
  datasets: Record<string, GatePlanTable>;
}

/** A model as a file, by the name people know it by. */
export interface GateSubject {
  path: string;
  name: string;
  version: string | null;
}

/**
 * A model that rules compare with: a file, one of a commit (`git:REF:PATH`, by `name` where that is another), or why there is none. `isFirst`: nothing ever was in its place.
 * `isDue`: a commit without that file lacks what the rule asks for; else there is a first time.
 * `wrong`: one that nothing may be compared with, and why: rules that compare with it are errors.
 */
export type GateOther =
  | GateSubject
  | { commit: string; name?: string; isDue?: boolean }
  | { none: string; isFirst: boolean }
  | { wrong: string };

/** A table by the name people know it by. `version` is the SHA-256 of its content where that is known. */
export interface GateRows {
  name: string;
  version: string | null;
  source: TableSource;
  id: string | null;
  label: string | null;
}

/**
 * What a workspace knows of a rule, and files cannot tell. `verdict` null: the rule's limit decides over `actual`; `missing`:
 * what it asks for is not there, `isFirst` because nothing ever was in the other model's place.
 */
export interface GateFact {
  about: string;
  actual: number | string | null;
  n: number | null;
  unit: string | null;
  verdict: Exclude<GateVerdict, 'warn'> | 'missing' | null;
  isFirst: boolean;
  why: string;
}

/** Rules that were accepted, whatever slipway.yaml says now, and what names them. */
export interface GateRules {
  definition: ModelDefinition;
  digest: string;
}

/**
 * Files: no workspace is needed. `others` and `tables` by the words of the rules; the holdout's are ''. `logged`: what the run
 * of the candidate logged; `said`: tags and a description. `output`: where the predictions are left; nowhere where null.
 * `rules` null: those of slipway.yaml. `facts` by the rules' ids. `framework`: the file of what the training framework predicted.
 * `deadline`: milliseconds that a model may take for a table, or a rule. Paths are absolute.
 */
export interface GateFilesQuery extends GatePlanQuery {
  candidate: GateSubject;
  others: Record<string, GateOther>;
  tables: Record<string, GateRows | { none: string }>;
  logged: Record<string, number>;
  said: Record<string, string>;
  rules: GateRules | null;
  facts: Record<string, GateFact>;
  framework: string | null;
  output: string | null;
  deadline: number;
}

/** `gatePlan` throws SlipwayError `invalid` with each mistake of the model's entry, and `not-found` without one. */
export interface GateQuestions {
  gatePlan: { input: GatePlanQuery; answer: GatePlan; partial: never };
  gateFiles: { input: GateFilesQuery; answer: GateReport; partial: RuleResult };
  /** Its version. */
  onnxruntime: { input: null; answer: string; partial: never };
}
