// May it go on? One sentence that could be pasted into a review, and what supports it.
import type { RuleResult } from '../../../src/protocol/models/gate/gate-report';
import type { Refusal, VersionDetail } from '../../../src/protocol/models/registry/model-version';
import { stageWord } from '../../../src/protocol/models/registry/registry-words';
import { countText } from '../../../src/protocol/wording';
import { withSigns } from '../gate/signs';

/** `waiting`: only people are missing. `unknown` is not decided, and never looks like a pass. */
export interface Headline {
  kind: 'may' | 'caution' | 'blocked' | 'waiting' | 'unknown';
  sentence: string;
  /** '' where there is nothing to add. */
  support: string;
}

type Gated = NonNullable<VersionDetail['gated']>;

const mostTold = 2;

/** Of a version as it stands now. */
export function headlineOf(detail: VersionDetail): Headline {
  const { gated, version, stage } = detail;
  if (gated === null) return ungated(detail);
  const { promote } = gated.moves;
  if (stage === 'production') return inProduction(version, gated);
  const warnings = warningsOf(gated);
  if (promote.length === 0) {
    const sentence = `v${version} may be promoted to production`;
    if (warnings.length === 0) return { kind: 'may', sentence, support: waivedWords(gated) };
    const support = [...warnings.slice(0, mostTold).map(ruleWords), waivedWords(gated)].filter(Boolean).join(' ');
    return { kind: 'caution', sentence: `${sentence}, with ${countText(warnings.length, 'warning')}`, support };
  }
  const parts = partsOf(detail, gated);
  const [first] = promote;
  const end = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  const isOpen = gated.gate === null || gated.gate.outdated !== null;
  const support = supportOf(gated) || (first === undefined || parts.length > 0 ? '' : first.why);
  const kind = isOpen ? 'unknown' : isWaiting(gated) ? 'waiting' : 'blocked';
  return { kind, sentence: `v${version} cannot move to production${end}`, support };
}

function isRejected({ approvals }: Gated): boolean {
  return approvals.some((each) => each.verdict === 'rejected' && each.void === null);
}

function isWaiting(gated: Gated): boolean {
  return !isRejected(gated) && gated.moves.promote.every(({ rule }) => rule === 'approvals');
}

const worst: readonly RuleResult['verdict'][] = ['fail', 'error', 'inconclusive'];

/** Rules that block and do not pass, the worst first, but for those that somebody let pass. */
function blocking(gated: Gated): RuleResult[] {
  const waived = new Set(gated.waivers.filter((each) => each.void === null).map(({ rule }) => rule));
  const place = ({ verdict }: RuleResult): number => worst.indexOf(verdict);
  return resultsOf(gated)
    .filter((rule) => rule.severity === 'block' && place(rule) >= 0 && !waived.has(rule.id))
    .toSorted((a, b) => place(a) - place(b));
}

/** Rules that do not block and do not pass; those that are only told count for nothing. */
function warningsOf(gated: Gated): RuleResult[] {
  const waived = new Set(gated.waivers.filter((each) => each.void === null).map(({ rule }) => rule));
  return resultsOf(gated).filter(
    ({ id, severity, verdict }) =>
      (verdict === 'warn' || (severity === 'warn' && verdict !== 'pass')) && !waived.has(id),
  );
}

/** `f1-no-worse, calibration, approvals`: whatever refuses, in its order. */
export function refusedBy(refusals: readonly Refusal[]): string {
  return refusals.map(({ rule, why }) => `${rule}: ${why}`).join('\n');
}

function resultsOf({ gate }: Gated): RuleResult[] {
  return gate === null || gate.outdated !== null ? [] : gate.report.rules;
}

function partsOf({ approvals }: VersionDetail, gated: Gated): string[] {
  const { gate, moves } = gated;
  const of = (verdict: RuleResult['verdict']): number =>
    blocking(gated).filter((rule) => rule.verdict === verdict).length;
  const counted = [
    { count: of('fail'), words: countText(of('fail'), 'rule fails', 'rules fail') },
    { count: of('error'), words: `${of('error')} could not be run` },
    { count: of('inconclusive'), words: `${of('inconclusive')} cannot tell` },
  ];
  const lacking = Math.max(0, (approvals?.need ?? 0) - (approvals?.given ?? 0));
  const isHeld = moves.promote.some(({ rule }) => rule === 'approvals');
  return [
    ...(gate === null ? ['its gate has not been run'] : []),
    ...(gate !== null && gate.outdated !== null ? ['what was judged has changed since'] : []),
    ...counted.filter(({ count }) => count > 0).map(({ words }) => words),
    ...(isHeld && isRejected(gated) ? ['it is rejected'] : []),
    ...(isHeld && !isRejected(gated) && lacking > 0 ? [`${countText(lacking, 'approval')} missing`] : []),
  ];
}

function supportOf(gated: Gated): string {
  const { gate } = gated;
  if (gate?.outdated != null) return gate.outdated;
  return [...blocking(gated).slice(0, mostTold).map(ruleWords), waivedWords(gated)].filter(Boolean).join(' ');
}

function ruleWords({ id, about, why }: RuleResult): string {
  return `${id}: ${withSigns(why || about)}`;
}

function waivedWords({ waivers }: Gated): string {
  const valid = waivers.filter((each) => each.void === null);
  return valid.length === 0 ? '' : `Waived: ${valid.map(({ rule }) => rule).join(', ')}.`;
}

function inProduction(version: string, gated: Gated): Headline {
  const { gate } = gated;
  const sentence = `v${version} is in production`;
  if (gate === null) return { kind: 'unknown', sentence, support: 'Its gate was never run.' };
  if (gate.outdated !== null) return { kind: 'unknown', sentence, support: gate.outdated };
  const bad = blocking(gated);
  if (bad.length === 0) return { kind: 'may', sentence, support: waivedWords(gated) };
  const fails = countText(bad.length, 'rule does not pass', 'rules do not pass');
  return {
    kind: 'caution',
    sentence: `${sentence}, and today ${fails}`,
    support: bad.slice(0, mostTold).map(ruleWords).join(' '),
  };
}

function ungated({ version, stage, name }: VersionDetail): Headline {
  const support = `No rules say when ${name} may go on: it moves freely, and every move is recorded. Rules stand below models.${name}.gates in slipway.yaml.`;
  return { kind: 'unknown', sentence: `v${version} is ${placeWords(stage)}; nothing judges it`, support };
}

function placeWords(stage: VersionDetail['stage']): string {
  if (stage === 'candidate') return 'a candidate';
  return stage === 'archived' ? 'archived' : `in ${stageWord(stage).toLowerCase()}`;
}
