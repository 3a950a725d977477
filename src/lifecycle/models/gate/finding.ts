// What measuring a rule brought, and the verdict that follows from it.

import type { ComparedNumbers, GateVerdict, RuleLimit, RuleResult } from '../../../protocol/models/gate/gate-report';
import type { GateRule } from '../../../protocol/models/gate/gate-rule';
import { toWire } from '../../../protocol/number';
import { isAllowed, limitText, placeOf } from './limit';

/**
 * `verdict` null: the limit decides, by the whole interval, or by `actual` alone where `byPoint`. `p` is of the number being
 * the limit. `why` is a sentence where there is more to say than the numbers; '' where there is not.
 */
export interface Finding {
  about: string;
  expected?: string;
  limit: RuleLimit | null;
  actual: number | string | null;
  interval: [number, number] | null;
  byPoint: boolean;
  n: number | null;
  unit: string | null;
  p: number | null;
  test: string | null;
  needs: number | null;
  compared: ComparedNumbers | null;
  verdict: GateVerdict | null;
  why: string;
}

/** What is the same for most rules: nothing was resampled, nothing tested. */
export const plainFinding: Finding = {
  about: '',
  limit: null,
  actual: null,
  interval: null,
  byPoint: true,
  n: null,
  unit: null,
  p: null,
  test: null,
  needs: null,
  compared: null,
  verdict: null,
  why: '',
};

/** What a rule asks for is not there. `isFirst`: there is no champion yet, which alone stops no first version. */
export function missing(rule: GateRule, about: string, why: string, isFirst = false): Finding {
  const verdict = (rule.on_missing ?? (isFirst ? 'warn' : 'fail')) === 'warn' ? 'warn' : 'fail';
  return { ...plainFinding, about, verdict, why };
}

/** The rule's result. A rule that does not block warns where it would fail. */
export function ruleResult(rule: GateRule, finding: Finding, milliseconds: number): RuleResult {
  const { about, limit, actual, interval, n, unit, p, test, needs, compared } = finding;
  const found = finding.verdict ?? verdictOf(finding);
  const verdict = found === 'fail' && rule.severity !== 'block' ? 'warn' : found;
  return {
    ...{ id: rule.id, kind: rule.kind, severity: rule.severity, verdict },
    expected: finding.expected ?? (limit === null ? '' : limitText(limit)),
    actual: typeof actual === 'number' ? toWire(actual) : actual,
    ci: interval === null || interval.some(Number.isNaN) ? null : [toWire(interval[0]), toWire(interval[1])],
    ...{ n, p: p === null || Number.isNaN(p) ? null : p, test, about },
    why: finding.why || whyOf(finding, found),
    ...{ limit, unit, needs, compared, milliseconds },
  };
}

/** A number that could not be resampled is not judged by its interval: that cannot be told. */
function verdictOf({ limit, actual, interval, byPoint }: Finding): GateVerdict {
  if (limit === null || typeof actual !== 'number') return 'error';
  if (byPoint) return isAllowed(actual, limit) ? 'pass' : 'fail';
  const place = placeOf(interval, limit);
  return place === 'inside' ? 'pass' : place === 'outside' ? 'fail' : 'inconclusive';
}

function whyOf({ actual, interval, limit, needs, unit, byPoint }: Finding, verdict: GateVerdict): string {
  if (limit === null || typeof actual !== 'number') return '';
  const said = `${shortNumber(actual)}${interval === null ? '' : `, ${shortNumber(interval[0])} to ${shortNumber(interval[1])}`}`;
  if (verdict === 'pass') return `${said}: within ${limitText(limit)}.`;
  if (verdict === 'fail') return `${said}: outside ${limitText(limit)}.`;
  if (!byPoint && interval === null) return `${said}: too little to say how sure that is.`;
  const more = needs === null ? '' : ` About ${needs.toLocaleString('en-US')} ${unit ?? 'rows'} would tell.`;
  return `${said}: the interval reaches across ${limitText(limit)}.${more}`;
}

/** Four digits after the point of small numbers, four in all of others. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) < 10 ? value.toFixed(4) : String(Number(value.toPrecision(5)));
}
