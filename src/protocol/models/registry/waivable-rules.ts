// The rules of a gate that a person may let pass, or has to answer.
import type { RuleResult } from '../gate/gate-report';
import type { VersionDetail } from './model-version';

type Judged = Pick<NonNullable<VersionDetail['gated']>, 'gate' | 'waivers'>;

/** By what the last gate found: rules that block and do not pass, and questions without an answer; none of a report that does not hold any more, and never a signature. */
export function waivableRules({ gate, waivers }: Judged): RuleResult[] {
  if (gate === null || gate.outdated !== null) return [];
  const waived = new Set(waivers.filter((each) => each.void === null).map(({ rule }) => rule));
  const isOpen = ({ kind, severity, verdict }: RuleResult): boolean =>
    kind === 'manual' ? verdict !== 'pass' : severity === 'block' && verdict !== 'pass' && verdict !== 'warn';
  return gate.report.rules.filter((rule) => rule.kind !== 'signature' && isOpen(rule) && !waived.has(rule.id));
}
