// May I train on this? What is said over contract and drift, and that what is not known never reads like a pass.
import { describe, expect, it } from 'vitest';
import type { CheckReport, CheckResult, CheckVerdict } from '../../src/protocol/datasets/contract/check';
import type { Drift, DriftColumn, DriftVerdict } from '../../src/protocol/datasets/drift';
import type { ColumnWeights } from '../../src/protocol/datasets/panel/column-weights';
import { allWrongWords, wrongWords } from '../../src/protocol/datasets/state-words';
import type { TableSource } from '../../src/protocol/datasets/table-source';
import { type NamedSource, unionSource } from '../../src/protocol/datasets/union-source';
import { inOrder } from '../../webview/dataset/drift/drift-order';
import { datasetVerdict, type VerdictFacts } from '../../webview/dataset/head/verdict';

const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };

function check(verdict: CheckVerdict, title: string, column: string): CheckResult {
  const shown = { id: title + column, title, columns: [column], expected: '≤ 5 %', found: '6.9 %', note: null, place };
  return {
    ...shown,
    severity: 'error',
    verdict,
    value: 6.9,
    badRows: 69,
    examples: [],
    canShowRows: true,
    observed: null,
  };
}

function report(checks: CheckResult[]): CheckReport {
  const count = (verdict: CheckVerdict): number => checks.filter((each) => each.verdict === verdict).length;
  return {
    ...{ contract: 'flights.odcs.yaml', digest: 'd', table: 'flights', verdict: 'pass', summary: '', rows: 1000 },
    counts: {
      ...{ pass: count('pass'), warning: count('warning'), fail: count('fail') },
      ...{ notChecked: count('not checked'), error: count('error') },
    },
    ...{ checks, scans: 1, milliseconds: 1, time: 0, notes: [], anomalies: [] },
  };
}

function column(name: string, verdict: DriftVerdict, score: number): DriftColumn {
  const sides = { reference: { rows: 1, nulls: 0 }, current: { rows: 1, nulls: 0 } };
  const numbers = { score, pValue: null, pAdjusted: null, threshold: 0.1, noise: 0.01 };
  return { column: name, kind: 'numerical', method: 'psi', isTest: false, verdict, ...numbers, ...sides };
}

function drift(columns: DriftColumn[]): Drift {
  const drifted = columns.filter(({ verdict }) => verdict === 'drift').length;
  const share = columns.length === 0 ? 0 : drifted / columns.length;
  const dataset = { drifted, columns: columns.length, share, verdict: share >= 0.5 ? 'drift' : 'no drift' } as const;
  return { preset: 'slipway', alpha: 0.05, columns, skipped: [], dataset };
}

const nothing: VerdictFacts = { report: null, hasContract: true, drift: null, reference: null, isReference: false };
const still = drift([column('a', 'no drift', 0.01), column('b', 'no drift', 0.02)]);
const moved = drift([column('a', 'drift', 0.3), column('b', 'drift', 7), column('c', 'too small to tell', 0.05)]);

describe('the verdict over contract and drift', () => {
  it('a check that fails makes a version unfit, whatever drift says', () => {
    const facts = { ...nothing, report: report([check('pass', 'Range', 'x'), check('fail', 'Nulls', 'arr_delay')]) };
    expect(datasetVerdict({ ...facts, drift: moved, reference: '2013-03' })).toEqual({
      kind: 'unfit',
      sentence: 'Not fit for training: 1 contract check fails; 2 of 3 columns drifted from 2013-03',
      support:
        'arr_delay, nulls: 6.9 % found, ≤ 5 % expected. b and a moved furthest beyond their thresholds. c is too small to tell.',
    });
    expect(datasetVerdict({ ...facts, drift: still, reference: '2013-03' }).kind).toBe('unfit');
  });

  it('drift alone is a caution and no refusal', () => {
    const facts = { ...nothing, report: report([check('pass', 'Range', 'x')]), reference: 'r' };
    expect(datasetVerdict({ ...facts, drift: moved }).kind).toBe('caution');
    expect(datasetVerdict({ ...facts, drift: still })).toEqual({
      kind: 'fit',
      sentence: 'Passes its contract; no drift from r',
      support: '',
    });
  });

  it('what was not checked or not measured is no pass', () => {
    expect(datasetVerdict(nothing)).toEqual({ kind: 'unknown', sentence: 'Not checked yet', support: '' });
    expect(datasetVerdict({ ...nothing, hasContract: false, drift: still, reference: 'r' })).toEqual({
      kind: 'unknown',
      sentence: 'No contract says what it must hold; no drift from r',
      support: '',
    });
    const passed = { ...nothing, report: report([check('pass', 'Range', 'x')]), reference: 'r' };
    expect(datasetVerdict({ ...passed, drift: null })).toMatchObject({
      kind: 'unknown',
      sentence: 'Passes its contract; drift not measured yet',
    });
    expect(
      datasetVerdict({ ...passed, report: report([check('not checked', 'Key', 'x')]), drift: still }),
    ).toMatchObject({
      kind: 'unknown',
      sentence: '1 of 1 check not checked; no drift from r',
    });
  });

  it('a batch too small to tell is not called free of drift', () => {
    const small = drift([column('a', 'too small to tell', 0.2), column('b', 'too small to tell', 0.3)]);
    const passed = { ...nothing, report: report([check('pass', 'Range', 'x')]), reference: 'r' };
    expect(datasetVerdict({ ...passed, drift: small })).toMatchObject({
      kind: 'unknown',
      sentence: 'Passes its contract; too small to tell whether it drifted from r',
    });
    const some = drift([column('a', 'no drift', 0.01), column('b', 'too small to tell', 0.3)]);
    expect(datasetVerdict({ ...passed, drift: some })).toMatchObject({
      kind: 'unknown',
      sentence: 'Passes its contract; no drift from r in 1 of 2 columns',
      support: 'b is too small to tell.',
    });
  });
});

describe('what a column counts in the model', () => {
  it('leads among what drifted, and never before it; what is not known comes behind', () => {
    const columns = [
      column('harmless', 'drift', 9),
      column('strange', 'drift', 20),
      column('heavy', 'drift', 0.2),
      column('still', 'no drift', 0),
    ];
    const names = (weights?: ColumnWeights): string[] => inOrder(columns, weights).map((each) => each.column);
    expect(names()).toEqual(['strange', 'harmless', 'heavy', 'still']);
    expect(names({ harmless: 1, heavy: 30, still: 100 })).toEqual(['heavy', 'harmless', 'strange', 'still']);
    expect(names({ heavy: 0, still: 0 })).toEqual(names());
    const told = datasetVerdict({
      ...nothing,
      drift: drift(columns),
      reference: 'r',
      weights: { heavy: 2, harmless: 1 },
    });
    expect(told.support).toBe('Of what drifted, heavy and harmless count most in the model.');
  });
});

describe('several tables as one', () => {
  const csv = (...files: string[]): TableSource => ({ files, format: 'csv' });

  it('have the rows of each file once', () => {
    const tables = [csv('/a', '/b'), csv('/b', '/c')].map((source) => ({ name: 'x', source }));
    expect(unionSource(tables)).toEqual(csv('/a', '/b', '/c'));
  });

  it('are refused where one is a query or of another format', () => {
    const first = { name: 'd@a', source: csv('/a') };
    const parquet: NamedSource = { name: 'd@b', source: { files: ['/b'], format: 'parquet' } };
    expect(() => unionSource([first, parquet])).toThrow('d@a is csv, and d@b is parquet.');
    const query = { name: 'd@c', source: { query: 'SELECT 1', tables: {} } };
    expect(() => unionSource([first, query])).toThrow('d@c is a query.');
  });
});

describe('a version that lost a column of its reference', () => {
  const lost = { column: 'gone', reason: 'is not in the current table', isLost: true };
  const extra = { column: 'extra', reason: 'is not in the reference', isLost: false };
  const passed = { ...nothing, report: report([check('pass', 'Range', 'x')]), reference: 'r' };

  it('is not fit: nobody can tell whether it drifted', () => {
    expect(datasetVerdict({ ...passed, drift: { ...still, skipped: [lost, extra] } })).toEqual({
      kind: 'unknown',
      sentence: 'Passes its contract; cannot tell whether it drifted from r: gone is not in the current table',
      support: '',
    });
    expect(datasetVerdict({ ...passed, drift: { ...still, skipped: [lost, { ...lost, column: 'code' }] } })).toEqual({
      kind: 'unknown',
      sentence: 'Passes its contract; cannot tell whether it drifted from r: 2 columns cannot be compared',
      support: 'gone and code are gone or of another kind.',
    });
    expect(datasetVerdict({ ...passed, drift: { ...still, skipped: [extra] } }).kind).toBe('fit');
  });

  it('says so beside what drifted', () => {
    expect(datasetVerdict({ ...passed, drift: { ...moved, skipped: [lost] } }).support).toContain(
      'gone is not in the current table.',
    );
  });
});

describe('the words of a narrow row', () => {
  it('are fewer where two things are wrong', () => {
    const check = { kind: 'check', verdict: 'fail', summary: '2 of 30 checks fail', time: 0 } as const;
    const drift = { kind: 'drift', verdict: 'drift', summary: '3 of 8 drifted', time: 0 } as const;
    expect(allWrongWords([check, drift])).toEqual(['2 checks fail', '3 drifted']);
    expect(allWrongWords([{ ...check, verdict: 'pass' }, drift])).toEqual(['3 columns drifted']);
  });

  it.each([
    ['check', 'fail', '1 of 27 checks fails; 1 warning', '1 check fails'],
    ['check', 'fail', '2 of 30 checks fail', '2 checks fail'],
    ['check', 'warning', '26 of 27 checks pass; 1 warning', '1 warning'],
    ['check', 'error', '1 of 3 checks passes; 2 cannot be run', 'contract: 2 cannot be run'],
    ['check', 'pass', 'All 5 checks pass', undefined],
    ['drift', 'drift', '1 of 8 drifted', '1 column drifted'],
    ['drift', 'drift', '1,204 of 5,000 drifted', '1,204 columns drifted'],
    ['drift', 'too small to tell', '0 of 8 drifted', 'drift too small to tell'],
    ['drift', 'no drift', '0 of 8 drifted', undefined],
  ] as const)('of %s, %s, %j are %j', (kind, verdict, summary, words) => {
    expect(wrongWords({ kind, verdict, summary, time: 0 })).toBe(words);
  });
});
