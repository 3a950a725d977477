// Which rules of a report stop a version, and which of those people may let pass.
import type { GateVerdict, RuleResult } from './gate-report';
import type { GateRule } from './gate-rule';

/** Whether it keeps a version from moving: it blocks, and is neither met nor only a warning. */
export function stops({ severity, verdict }: Pick<RuleResult, 'severity' | 'verdict'>): boolean {
  return severity === 'block' && verdict !== 'pass' && verdict !== 'warn';
}

/** Whether people may let a rule pass for a while: whoever calls a model of another signature would fail. */
export function canBeWaived({ kind }: Pick<GateRule, 'kind'>): boolean {
  return kind !== 'signature';
}

/** What does not pass comes first: the order of a report for people. */
export const verdictOrder: readonly GateVerdict[] = ['fail', 'error', 'inconclusive', 'warn', 'pass'];
