// The rows of the gate's table: what does not pass first, what cannot be told before what waits, what passes last.

import { signedText } from '../../../src/protocol/comparison/comparison-words';
import type { RuleResult } from '../../../src/protocol/models/gate/gate-report';
import { measuredSize } from '../../../src/protocol/models/gate/measured-size';
import type { VersionDetail, Waiver } from '../../../src/protocol/models/registry/model-version';
import { gateWord } from '../../../src/protocol/models/registry/registry-words';
import { countText, numberText } from '../../../src/protocol/wording';
import type { IconName } from '../../kit/icon';
import { withSigns } from './signs';

type Group = RuleResult['verdict'] | 'waiting' | 'waived';

/** One rule, or the approvals. */
export interface GateRow {
  id: string;
  verdict: Group;
  /** What it is counted as: a rule that does not block is a warning, whatever was found. */
  group: Group;
  word: string;
  icon: IconName;
  tone: string;
  about: string;
  expected: string;
  actual: string;
  rows: string;
  /** What more can be said, one sentence each. */
  notes: string[];
  /** Null of the approvals. */
  result: RuleResult | null;
}

const order: readonly Group[] = ['fail', 'error', 'inconclusive', 'waiting', 'waived', 'warn', 'pass'];
const looks: Readonly<Record<Group, { icon: IconName; tone: string }>> = {
  fail: { icon: 'failed', tone: 'worse' },
  error: { icon: 'failed', tone: 'worse' },
  inconclusive: { icon: 'unknown', tone: 'quiet' },
  waiting: { icon: 'queued', tone: 'quiet' },
  waived: { icon: 'killed', tone: 'quiet' },
  warn: { icon: 'caution', tone: 'caution' },
  pass: { icon: 'finished', tone: 'better' },
};

/** Of the last report, with the approvals as a rule of their own where any are needed. */
export function gateRows(detail: VersionDetail, gated: NonNullable<VersionDetail['gated']>): GateRow[] {
  const waivers = new Map(gated.waivers.filter((each) => each.void === null).map((each) => [each.rule, each]));
  const results = (gated.gate?.report.rules ?? []).map((result) => rowOf(result, waivers.get(result.id)));
  return [...results, ...approvalsRow(detail, gated)].toSorted(
    (a, b) => order.indexOf(a.group) - order.indexOf(b.group),
  );
}

/** `2 fail, 1 cannot tell, 1 warning, 8 pass`. */
export function countWords(rows: readonly GateRow[]): string[] {
  const words: Readonly<Record<Exclude<Group, 'warn'>, string>> = {
    ...{ fail: 'fail', error: 'could not be run', inconclusive: 'cannot tell', waiting: 'waiting' },
    ...{ waived: 'waived', pass: 'pass' },
  };
  return order.flatMap((group) => {
    const count = rows.filter((row) => row.group === group).length;
    if (count === 0) return [];
    return [group === 'warn' ? countText(count, 'warning') : `${count} ${words[group]}`];
  });
}

function rowOf(result: RuleResult, waiver: Waiver | undefined): GateRow {
  const verdict = waiver !== undefined && result.verdict !== 'pass' ? 'waived' : result.verdict;
  const { id, about, expected, actual, n, unit, why, kind, severity } = result;
  const isWarning = verdict !== 'pass' && verdict !== 'waived' && severity !== 'block';
  // Where nothing was measured the row says why.
  const isUnmeasured = actual === null && kind !== 'manual' && why !== '';
  const counted = n === null ? '–' : n.toLocaleString('en-US');
  return {
    ...{ id, verdict, word: wordOf(result, verdict === 'waived'), ...looks[verdict], result },
    group: isWarning ? 'warn' : verdict,
    about: isUnmeasured ? withSigns(why) : about,
    expected: withSigns(expected) || '–',
    actual: actualText(result),
    rows: n === null || unit === null || unit === 'rows' ? counted : `${counted} ${unit}`,
    notes: notesOf(result, waiver),
  };
}

function wordOf({ kind, verdict }: RuleResult, isWaived: boolean): string {
  if (!isWaived) return gateWord(verdict);
  return kind === 'manual' ? 'Answered' : `${gateWord(verdict)}, waived`;
}

function notesOf(result: RuleResult, waiver: Waiver | undefined): string[] {
  const { kind, why, test, p, severity, verdict, needs, unit } = result;
  if (kind === 'manual' && waiver !== undefined) return [`${waiver.person}: ${waiver.reason}`];
  const chance = p === null ? '' : `, p ${p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '')}`;
  return [
    withSigns(why),
    ...(test === null ? [] : [`By ${test}${chance}.`]),
    ...(verdict !== 'inconclusive' || needs === null || why.includes('would tell')
      ? []
      : [`About ${needs.toLocaleString('en-US')} ${unit ?? 'rows'} would tell.`]),
    ...(severity === 'block' ? [] : [`It does not block (${severity}).`]),
    ...(waiver === undefined ? [] : [`${waiver.person} let it pass: ${waiver.reason}`]),
  ].filter(Boolean);
}

/** A gain carries its sign, a size its unit. */
function actualText(result: RuleResult): string {
  const { actual, compared, about } = result;
  if (actual === null) return '–';
  const size = measuredSize(result);
  if (size !== null) return size;
  if (typeof actual === 'string') return withSigns(actual);
  return compared != null || about.includes(', gain') ? signedText(actual) : numberText(actual);
}

function approvalsRow(
  { approvals }: VersionDetail,
  { from, moves, approvals: said }: NonNullable<VersionDetail['gated']>,
): GateRow[] {
  if (approvals === null || approvals.need === 0) return [];
  const isRejected = said.some((each) => each.verdict === 'rejected' && each.void === null);
  const isGiven = approvals.given >= approvals.need && !isRejected;
  const verdict = isGiven ? 'pass' : isRejected ? 'fail' : 'waiting';
  const why = moves.promote.find(({ rule }) => rule === 'approvals')?.why ?? '';
  const word = verdict === 'waiting' ? 'Waiting' : gateWord(verdict);
  return [
    {
      ...{ id: 'approvals', verdict, group: verdict, word, ...looks[verdict], result: null, rows: '–' },
      about: from === null ? 'people who agree' : `people who agree, of ${from.length}`,
      expected: String(approvals.need),
      actual: String(approvals.given),
      notes: [withSigns(why)].filter(Boolean),
    },
  ];
}
