// What stands above a registered version, and the order of its gate's rows: cases that no seeded window reaches.
import { describe, expect, it } from 'vitest';
import type { GateVerdict, RuleResult } from '../../src/protocol/models/gate/gate-report';
import type { VersionDetail } from '../../src/protocol/models/registry/model-version';
import { waivableRules } from '../../src/protocol/models/registry/waivable-rules';
import { auditWords } from '../../webview/registry/audit/audit-words';
import { countWords, gateRows } from '../../webview/registry/gate/gate-rows';
import { headlineOf } from '../../webview/registry/head/headline';

const rule = (id: string, verdict: GateVerdict, more: Partial<RuleResult> = {}): RuleResult => ({
  ...{ id, kind: 'metric', severity: 'block', verdict, expected: '>= -0.5', actual: 0.25, ci: null, n: 10, p: null },
  ...{ test: null, about: 'f1', why: `${id} is so`, limit: null, unit: 'rows', needs: null, compared: null },
  milliseconds: 1,
  ...more,
});

type Gated = NonNullable<VersionDetail['gated']>;

function version(
  rules: RuleResult[] | null,
  gated: Partial<Gated> = {},
  more: Partial<VersionDetail> = {},
): VersionDetail {
  const report = { model: 'm', version: '2', verdict: 'fail', sentence: '', sha256: 'ab', rulesDigest: '' } as const;
  const rest = { champion: null, data: null, rules: rules ?? [], notes: [], milliseconds: 1 };
  const kept = { time: 0, actor: 'a@b', digest: 'd', outdated: null, predictions: null };
  return {
    ...{ name: 'm', version: '2', stage: 'candidate', aliases: [], description: '', runId: null, runName: null },
    isWaived: false,
    ...{ author: null, created: 0, gate: 'fail', approvals: { given: 0, need: 1 }, source: '', tags: {}, files: [] },
    ...{ data: [], commit: null },
    gated: {
      gate: rules === null ? null : { ...kept, report: { ...report, ...rest } },
      ...{ approvals: [], from: null, waivers: [], moves: { promote: [], approve: [] } },
      ...gated,
    },
    ...more,
  };
}

const held = { moves: { promote: [{ rule: 'approvals', why: 'nobody agreed' }], approve: [] } };
const waiver = { rule: 'a', person: 'x@y', reason: 'for now', time: 0, expires: 1, void: null };

describe('the headline of a version', () => {
  it('a version that was judged before its rules changed does not look decided', () => {
    const detail = version([rule('a', 'fail')], held);
    if (detail.gated?.gate) detail.gated.gate.outdated = 'The rules changed.';
    expect(headlineOf(detail)).toEqual({
      kind: 'unknown',
      sentence: 'v2 cannot move to production: what was judged has changed since, 1 approval missing',
      support: 'The rules changed.',
    });
  });

  it('may be promoted with warnings, and says what was let pass', () => {
    const waived = version([rule('a', 'fail'), rule('b', 'warn')], { waivers: [waiver] });
    expect(headlineOf(waived)).toEqual({
      kind: 'caution',
      sentence: 'v2 may be promoted to production, with 1 warning',
      support: 'b: b is so Waived: a.',
    });
  });

  it('what cannot tell or could not be run is counted by its own words', () => {
    const rules = [rule('a', 'inconclusive'), rule('b', 'error'), rule('c', 'inconclusive', { severity: 'info' })];
    expect(headlineOf(version(rules, held)).sentence).toBe(
      'v2 cannot move to production: 1 could not be run, 1 cannot tell, 1 approval missing',
    );
  });

  it('a version that only people keep back waits, and is not blocked', () => {
    const sentence = 'v2 cannot move to production: 1 approval missing';
    expect(headlineOf(version([rule('a', 'pass')], held))).toEqual({ kind: 'waiting', sentence, support: '' });
    const rejected = { person: 'x@y', verdict: 'rejected', comment: 'no', time: 0, expires: null, void: null } as const;
    const detail = version([rule('a', 'pass')], { ...held, approvals: [rejected] });
    expect(headlineOf(detail)).toMatchObject({ kind: 'blocked', sentence: expect.stringContaining('it is rejected') });
  });

  it('a version in production whose gate fails today is a caution', () => {
    const detail = version([rule('a', 'fail')], {}, { stage: 'production' });
    expect(headlineOf(detail)).toMatchObject({
      kind: 'caution',
      sentence: 'v2 is in production, and today 1 rule does not pass',
    });
  });

  it('a model without rules is told as one that nothing judges', () => {
    const detail = { ...version(null), gated: null, approvals: null };
    expect(headlineOf(detail)).toMatchObject({ kind: 'unknown', sentence: 'v2 is a candidate; nothing judges it' });
  });
});

describe('the rows of a gate', () => {
  it('stand by verdict, with approvals and waivers among them, in signs that are read', () => {
    const detail = version(
      [rule('p', 'pass'), rule('a', 'fail'), rule('w', 'warn'), rule('f', 'fail'), rule('i', 'inconclusive')],
      { waivers: [waiver], ...held },
    );
    const rows = gateRows(detail, detail.gated as Gated);
    expect(rows.map(({ id, word }) => `${id} ${word}`)).toEqual([
      'f Fail',
      'i Cannot tell',
      'approvals Waiting',
      'a Fail, waived',
      'w Warning',
      'p Pass',
    ]);
    expect(rows[0]?.expected).toBe('≥ −0.5');
    expect(countWords(rows)).toEqual(['1 fail', '1 cannot tell', '1 waiting', '1 waived', '1 warning', '1 pass']);
  });

  it('one that cannot tell and does not block stands among the warnings, below what blocks', () => {
    const soft = rule('soft', 'inconclusive', { severity: 'warn' });
    const detail = version([soft, rule('hard', 'inconclusive'), rule('f', 'fail')], held);
    const rows = gateRows(detail, detail.gated as Gated);
    expect(rows.map(({ id }) => id)).toEqual(['f', 'hard', 'approvals', 'soft']);
    expect(countWords(rows)).toEqual(['1 fail', '1 cannot tell', '1 waiting', '1 warning']);
    expect(headlineOf(detail).support).toBe('f: f is so hard: hard is so');
  });

  it('a rule that measured nothing says why in its row, and a small size has its unit', () => {
    const none = rule('better', 'warn', { actual: null, expected: '', why: 'm has no champion yet.' });
    const small = rule('size', 'pass', { kind: 'size', actual: 3.99e-4, unit: 'MB' });
    const detail = version([none, small], { moves: { promote: [], approve: [] } }, { approvals: null });
    const rows = gateRows(detail, detail.gated as Gated);
    expect(rows.map(({ about, actual }) => [about, actual])).toEqual([
      ['m has no champion yet.', '–'],
      ['f1', '399 B'],
    ]);
  });
});

describe('what a person may let pass', () => {
  it('is what blocks, and a question that does not; no signature, and nothing of a report that is outdated', () => {
    const rules = [
      rule('floor', 'fail'),
      rule('soft', 'warn', { severity: 'warn' }),
      rule('asked', 'inconclusive', { kind: 'manual', severity: 'warn' }),
      rule('shape', 'fail', { kind: 'signature' }),
    ];
    const { gated } = version(rules, { waivers: [] });
    expect(waivableRules(gated as Gated).map(({ id }) => id)).toEqual(['floor', 'asked']);
    if (gated?.gate) gated.gate.outdated = 'The rules changed.';
    expect(waivableRules(gated as Gated)).toEqual([]);
  });
});

describe('a record of the audit log', () => {
  const record = (action: string, detail: Record<string, unknown>) =>
    auditWords({ seq: 1, time: 0, actor: 'a@b', action, subject: 'm@2', detail, prev: '', hash: '' });

  it('of a promotion never said which version left for it', () => {
    const waived = [{ rule: 'slices', person: 'x@y' }];
    const detail = { target: 'production', before: 1, approved_by: ['x@y', 'z@y'], waived, door: 'editor' };
    expect(record('version promoted', detail)).toMatchObject({
      what: 'Promoted',
      rest: 'to production, in the place of v1; agreed to by x@y, z@y; let pass: slices by x@y (editor)',
      isPart: false,
    });
    expect(record('version promoted', { target: 'production', before: null }).rest).toBe('to production');
    expect(record('stage changed', { from: 'None', to: 'Production', gate: 'decision 7' })).toMatchObject({
      rest: 'Candidate → Production',
      isPart: true,
    });
  });

  it('of a gate counts its rules, of what nobody knows tells its own words', () => {
    const rules = [{ verdict: 'fail' }, { verdict: 'inconclusive' }, { verdict: 'pass' }, { verdict: 'pass' }];
    const told = 'Fail: 1 rule fails, 1 cannot tell, 2 rules pass';
    expect(record('gate run', { verdict: 'fail', rules })).toMatchObject({ rest: told, icon: 'failed' });
    expect(record('stars counted', {})).toMatchObject({ what: 'Stars counted', rest: '' });
  });
});
