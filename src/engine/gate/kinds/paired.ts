// The candidate against another model on the same rows.
import { gainLimit } from '../../../lifecycle/models/gate/expectation';
import { type Finding, plainFinding, shortNumber } from '../../../lifecycle/models/gate/finding';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { toWire } from '../../../protocol/number';
import type { GateModel } from '../given';
import { chosenMetric } from '../judged-holdout';
import { type GainFinding, measureGain } from '../measure/paired-gain';
import { type GateAsked, holdoutFor, noValue, rowsFor } from './asked';

/** By how much it is better: a gain above 0 is one, whichever way the metric points. */
export function deltaFinding(asked: GateAsked, rule: RuleOf<'delta'>): Promise<Finding> {
  return gainFinding(asked, rule);
}

/** That it is not worse by more than the margin. */
export function noninferiorFinding(asked: GateAsked, rule: RuleOf<'noninferior'>): Promise<Finding> {
  return gainFinding(asked, rule);
}

async function gainFinding(asked: GateAsked, rule: RuleOf<'delta'> | RuleOf<'noninferior'>): Promise<Finding> {
  const limit = gainLimit(rule);
  const about = `${rule.metric}, gain over ${rule.against}`;
  const found = await holdoutFor(asked, rule, rule.against);
  if ('finding' in found) return { ...found.finding, about };
  const rows = rowsFor(asked, rule, found.judged);
  if ('finding' in rows) return { ...rows.finding, about };
  const metric = chosenMetric(rule.metric, rows);
  const measured = measureGain(rows, metric, {
    test: rule.test,
    alpha: rule.alpha,
    at: limit.value,
  });
  const { gain, interval, p, test, candidate, other } = measured;
  return {
    ...plainFinding,
    about: `${rule.metric}, gain over ${found.other?.name ?? rule.against} (${shortNumber(other)} → ${shortNumber(candidate)})`,
    ...{ limit, actual: gain, interval, byPoint: false, unit: rows.unit, p, test },
    compared: { metric: rule.metric, other: toWire(other), candidate: toWire(candidate) },
    n: rows.cluster === null ? rows.rows : rows.units.count,
    ...(Number.isNaN(gain) ? noValue : sameness(measured, found)),
  };
}

/** What is known without a test: a model is as good as itself on any rows. */
function sameness(
  { gain, isStill }: GainFinding,
  { other, isSame }: { other: GateModel | null; isSame: boolean },
): Partial<Finding> {
  if (gain === 0 && isSame) {
    const why = `It is the same model as ${other?.name}, byte for byte: there is no difference at all.`;
    return { interval: [0, 0], byPoint: true, p: null, test: null, why };
  }
  return isStill ? { why: 'There is no difference at all: on these rows both say the same.' } : {};
}
