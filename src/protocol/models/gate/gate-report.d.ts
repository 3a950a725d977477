import type { WireNumber } from '../../number';
import type { GateKind, Operator, Severity } from './gate-rule';
/** `inconclusive`: cannot tell, which is not a pass. `warn`: a rule that does not block does not pass. */
export type GateVerdict = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'error';
/** Where the limit lies and which side of it is allowed, in the unit of `actual`. */
export interface RuleLimit {
  op: Operator;
  value: number;
}
/**
 * What one rule found. `ci`: in the unit of `actual`; null where nothing was resampled. `n`: so many of `unit` it rests
 * on. `p`: after Holm's correction where several comparisons block. `needs`: so many of `unit` would tell.
 */
export interface RuleResult {
  id: string;
  kind: GateKind;
  severity: Severity;
  verdict: GateVerdict;
  /** Short, such as `>= 0.7`. */
  expected: string;
  actual: WireNumber | string | null;
  ci: [WireNumber, WireNumber] | null;
  n: number | null;
  p: number | null;
  test: string | null;
  /** What was measured, as in `roc_auc, gain over champion`. */
  about: string;
  /** One sentence: why it is as it is. */
  why: string;
  limit: RuleLimit | null;
  unit: string | null;
  needs: number | null;
  /** Null for a rule that compares no metric with another model's. */
  compared: ComparedNumbers | null;
  milliseconds: number;
}
/** The two numbers that a comparison on the same rows is about, in the unit of the metric. */
export interface ComparedNumbers {
  metric: string;
  other: WireNumber;
  candidate: WireNumber;
}
/** The data that was used. `version`: its content's SHA-256, null for files that were not hashed. */
export interface GateData {
  name: string;
  version: string | null;
  rows: number;
}
/** The model that rules compare with. */
export interface GateChampion {
  name: string;
  version: string | null;
  sha256: string;
}
/** The whole answer. `version` is null for a file. */
export interface GateReport {
  model: string;
  version: string | null;
  verdict: GateVerdict;
  sentence: string;
  sha256: string;
  /** SHA-256 of the rules as they were read. */
  rulesDigest: string;
  champion: GateChampion | null;
  data: GateData | null;
  rules: RuleResult[];
  notes: string[];
  milliseconds: number;
}
