// One verdict over all rules, and the correction of comparisons that block together.
import type { GateVerdict, RuleResult } from '../../../protocol/models/gate/gate-report';
import type { GateRule } from '../../../protocol/models/gate/gate-rule';
import { stops, verdictOrder } from '../../../protocol/models/gate/stopping';
import { verdictCount } from '../../../protocol/models/registry/registry-words';
import { countText } from '../../../protocol/wording';
import { holm } from '../../../statistics/tests/holm';

/** The worst of the rules that block; `warn` where only others do not pass. What is certain to fail outranks what could not be run. */
export function overallVerdict(results: readonly Pick<RuleResult, 'severity' | 'verdict'>[]): GateVerdict {
  const blocking = results.filter(stops).map(({ verdict }) => verdict);
  const worst = verdictOrder.find((verdict) => blocking.includes(verdict));
  if (worst !== undefined) return worst;
  const told = results.filter(({ severity }) => severity !== 'info');
  return told.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'warn';
}

/**
 * The results with p after Holm's correction over the comparisons with another model that block. One whose p is above its
 * alpha by that is inconclusive, whichever side of the limit its own interval lies on.
 */
export function correctedTogether(rules: readonly GateRule[], results: readonly RuleResult[]): RuleResult[] {
  const isCounted = (rule: GateRule | undefined, { p }: RuleResult): boolean =>
    rule !== undefined && 'correction' in rule && rule.correction === 'holm' && rule.severity === 'block' && p !== null;
  const counted = results.flatMap((result, at) => (isCounted(rules[at], result) ? [at] : []));
  if (counted.length < 2) return [...results];
  const corrected = holm(counted.map((at) => results[at]?.p ?? 1));
  return results.map((result, at) => {
    const rule = rules[at];
    const place = counted.indexOf(at);
    if (place < 0 || rule === undefined || !('alpha' in rule)) return result;
    const p = corrected[place] ?? 1;
    if (p <= rule.alpha || (result.verdict !== 'pass' && result.verdict !== 'fail')) return { ...result, p };
    const why = `${result.why} Of ${counted.length} comparisons together that may be chance (p ${p.toFixed(3)} after Holm’s correction).`;
    return { ...result, p, verdict: 'inconclusive', why };
  });
}

/** One sentence that could stand in a review. */
export function gateSentence(subject: string, verdict: GateVerdict, results: readonly RuleResult[]): string {
  const of = (wanted: GateVerdict): number => results.filter((each) => each.verdict === wanted).length;
  const parts = verdictOrder.flatMap((verdict) =>
    verdict === 'pass' || of(verdict) === 0 ? [] : [verdictCount(verdict, of(verdict))],
  );
  const whole = results.length === 1 ? 'its one rule' : `all ${countText(results.length, 'rule')}`;
  if (verdict === 'pass') return `${subject} passes: ${whole}.`;
  return `${subject} ${verdict === 'warn' ? 'passes with warnings' : 'does not pass'}: ${parts.join(', ')}, ${of('pass')} of ${results.length} pass.`;
}
