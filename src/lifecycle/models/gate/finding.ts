// What measuring a rule brought, and the verdict that follows from it.

import type { ComparedNumbers, GateVerdict, RuleLimit, RuleResult } from '../../../protocol/models/gate/gate-report';
import type { GateRule } from '../../../protocol/models/gate/gate-rule';
import { toWire } from '../../../protocol/number';
import { normalQuantile } from '../../../statistics/distributions/normal';
import { sufficientSize } from '../../../statistics/sample/sufficient-size';
import { expectedOf, limitOf } from './expectation';
import { isAllowed, limitText, placeOf } from './limit';

/**
 * `verdict` null: the limit decides, by the whole interval, or by `actual` alone where `byPoint`. `p` is of the number being
 * the limit. `why` is a sentence where there is more to say than the numbers; '' where there is not. `also`: what is said
 * beside it, whatever it is.
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
  compared: ComparedNumbers | null;
  verdict: GateVerdict | null;
  why: string;
  also?: string;
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
  compared: null,
  verdict: null,
  why: '',
};

/** What a rule asks for is not there. `isNoFault`: nothing could be, as a champion before the first one, so that it only warns unless the rule says otherwise. */
export function missing(rule: GateRule, about: string, why: string, isNoFault = false): Finding {
  const verdict = (rule.on_missing ?? (isNoFault ? 'warn' : 'fail')) === 'warn' ? 'warn' : 'fail';
  return { ...plainFinding, about, verdict, why };
}

/** The rule's result, which says what was asked for whatever was found. A rule that does not block warns where it would fail. */
export function ruleResult(rule: GateRule, finding: Finding, milliseconds: number): RuleResult {
  const { about, limit, actual, interval, n, unit, p, test, compared } = finding;
  const found = finding.verdict ?? verdictOf(finding);
  const needs = found === 'inconclusive' ? neededUnits(finding, 'alpha' in rule ? rule.alpha : 0.05) : null;
  const more = needs === null ? '' : ` About ${needs.toLocaleString('en-US')} ${unit ?? 'rows'} would tell.`;
  const also = finding.also ? ` ${finding.also}` : '';
  const verdict = found === 'fail' && rule.severity !== 'block' ? 'warn' : found;
  return {
    ...{ id: rule.id, kind: rule.kind, severity: rule.severity, verdict },
    expected: finding.expected ?? (limit === null ? expectedOf(rule) : limitText(limit)),
    actual: typeof actual === 'number' ? toWire(actual) : actual,
    ci: interval === null || interval.some(Number.isNaN) ? null : [toWire(interval[0]), toWire(interval[1])],
    ...{ n, p: p === null || Number.isNaN(p) ? null : p, test, about },
    why: `${finding.why || whyOf(finding, found)}${more}${also}`,
    ...{ limit: limit ?? limitOf(rule), unit, needs, compared, milliseconds },
  };
}

/** A number that could not be resampled is not judged by its interval: that cannot be told. */
function verdictOf({ limit, actual, interval, byPoint }: Finding): GateVerdict {
  if (limit === null || typeof actual !== 'number') return 'error';
  if (byPoint) return isAllowed(actual, limit) ? 'pass' : 'fail';
  const place = placeOf(interval, limit);
  return place === 'inside' ? 'pass' : place === 'outside' ? 'fail' : 'inconclusive';
}

function whyOf({ actual, interval, limit, n, unit, byPoint }: Finding, verdict: GateVerdict): string {
  if (limit === null || typeof actual !== 'number') return '';
  const said = `${shortNumber(actual)}${interval === null ? '' : `, ${shortNumber(interval[0])} to ${shortNumber(interval[1])}`}`;
  if (verdict === 'pass') return `${said}: within ${limitText(limit)}.`;
  if (verdict === 'fail') return `${said}: outside ${limitText(limit)}.`;
  if (!byPoint && interval === null) {
    const little = n !== null && n < 10 ? `too few ${unit ?? 'rows'} (${n})` : 'too little';
    return `${said}: ${little} to say how sure that is.`;
  }
  return `${said}: the interval reaches across ${limitText(limit)}.`;
}

/**
 * So many of what was counted would tell a number as far from the limit as this one, four times out of five, if intervals
 * shrink with the root of how many there are; with how many there are where it lies at their end, as a share of 1 does.
 * Null where that is not known, or would be no more than there were.
 */
function neededUnits({ limit, actual, interval, n, test }: Finding, alpha: number): number | null {
  if (limit === null || typeof actual !== 'number' || interval === null || n === null) return null;
  const effect = actual - limit.value;
  const half = effect > 0 ? actual - interval[0] : interval[1] - actual;
  const isEnd = interval.some((end) => Math.abs(end - actual) < 1e-12);
  const needs = isEnd
    ? unitsAtEnd({ n, half, effect: Math.abs(effect), test })
    : sufficientSize({ effect, error: half / normalQuantile(1 - alpha / 2), size: n, alpha });
  if (!(needs > n && needs <= Number.MAX_SAFE_INTEGER)) return null;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(needs)) - 2);
  return Math.ceil(needs / step) * step;
}

/** Wilson's interval of a share of 1 reaches z² / (z² + n) below it; others shrink with how many there are. */
function unitsAtEnd(of: { n: number; half: number; effect: number; test: string | null }): number {
  const { n, half, effect, test } = of;
  if (!test?.startsWith('Wilson')) return Math.ceil((n * half) / effect);
  return Math.ceil(((n * half) / (1 - half)) * ((1 - effect) / effect));
}

/** Four digits after the point of small numbers, four in all of others. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) < 10 ? value.toFixed(4) : String(Number(value.toPrecision(5)));
}
