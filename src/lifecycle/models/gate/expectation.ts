// What a rule asks for, also where nothing was measured.
import type { RuleLimit } from '../../../protocol/models/gate/gate-report';
import type { GateRule, RuleOf } from '../../../protocol/models/gate/gate-rule';
import { limitText } from './limit';

/** The number that has to be reached; null for a rule that asks for none. */
export function limitOf(rule: GateRule): RuleLimit | null {
  if (rule.kind === 'noninferior' || rule.kind === 'slice') return gainLimit(rule);
  if (rule.kind === 'parity') return { op: '<=', value: 0 };
  if (rule.kind === 'doc') return { op: '>=', value: rule.value.length };
  return 'op' in rule ? { op: rule.op, value: rule.value } : null;
}

/** The gain, or the metric of a slice; what may be lost is a gain below zero. */
export function gainLimit(rule: RuleOf<'delta' | 'noninferior' | 'slice'>): RuleLimit {
  if (rule.kind === 'noninferior') return atLeastMinus(rule.margin);
  if (rule.kind === 'slice' && rule.max_drop !== undefined) return atLeastMinus(rule.max_drop);
  return { op: rule.op ?? '>=', value: rule.value ?? 0 };
}

/** What is asked for as a short text, such as `>= 0.7` or `MIT, Apache-2.0`. */
export function expectedOf(rule: GateRule): string {
  const limit = limitOf(rule);
  if (limit !== null) return limitText(limit, 'unit' in rule ? rule.unit : null);
  return rule.kind === 'license' ? rule.value.join(', ') : (wanted[rule.kind] ?? '');
}

const wanted: Readonly<Partial<Record<GateRule['kind'], string>>> = {
  golden: 'all as expected',
  signature: 'fits',
  data: 'kept',
  manual: 'answered',
};

/** No −0. */
function atLeastMinus(distance: number): RuleLimit {
  return { op: '>=', value: distance === 0 ? 0 : -distance };
}
