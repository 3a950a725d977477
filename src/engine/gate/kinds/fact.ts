// What only a registered version has: its data, what they drifted from, what a person answered.

import { limitOf } from '../../../lifecycle/models/gate/expectation';
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import type { GateFact } from '../../../protocol/models/gate/gate-questions';
import type { GateRule } from '../../../protocol/models/gate/gate-rule';

/** `fact` undefined: the gate is over files. */
export function factFinding(rule: GateRule, fact: GateFact | undefined): Finding {
  if (fact === undefined) {
    const why = `Rules of the kind ${rule.kind} are judged of a registered version, by slipway gate NAME@V.`;
    // The same rules serve the registry, where they are judged: a file is not at fault for being one.
    return missing(rule, rule.kind, why, true);
  }
  const { about, actual, n, unit, verdict, why, isFirst } = fact;
  if (verdict === 'missing') return missing(rule, about, why, isFirst);
  return { ...plainFinding, about, limit: limitOf(rule), actual, n, unit, verdict, why };
}
