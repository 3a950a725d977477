// What must hold of our preset whatever the table is.
import { describe, expect, it } from 'vitest';
import { judgeBatch } from '../../../src/lifecycle/datasets/drift/batch-verdict';
import type { CategorySample, NumberSample } from '../../../src/lifecycle/datasets/drift/column-sample';
import { driftEvidence } from '../../../src/lifecycle/datasets/drift/drift-evidence';
import type { JudgedColumn } from '../../../src/lifecycle/datasets/drift/judged-column';
import { judgeAsSlipway } from '../../../src/lifecycle/datasets/drift/slipway-preset';
import type { DriftMethod } from '../../../src/protocol/datasets/drift';
import { binCounts, quantileBins } from '../../../src/statistics/drift/quantile-bins';
import { Random } from '../../../src/statistics/random';

const random = new Random(11);

function numbers(reference: readonly number[], current: readonly number[], nulls = 0): NumberSample {
  return {
    is: 'numbers',
    column: 'x',
    rows: { reference: reference.length, current: current.length + nulls },
    nulls: { reference: 0, current: nulls },
    isWhole: { reference: false, current: false },
    reference: Float64Array.from(reference).sort(),
    current: Float64Array.from(current).sort(),
  };
}

function categories(reference: readonly number[], current: readonly number[]): CategorySample {
  const rows = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  return {
    is: 'categories',
    column: 'c',
    names: reference.map((_, at) => `v${at}`),
    rows: { reference: rows(reference), current: rows(current) },
    nulls: { reference: 0, current: 0 },
    reference: Float64Array.from(reference),
    current: Float64Array.from(current),
  };
}

const draw = (count: number, make = () => random.normal()): number[] => Array.from({ length: count }, make);
const judge = (sample: NumberSample | CategorySample, method: DriftMethod | null = null): JudgedColumn =>
  judgeAsSlipway(sample, { method, threshold: null, alpha: 0.05 }) as JudgedColumn;
const verdict = (sample: NumberSample | CategorySample): string =>
  judgeBatch([judge(sample)], [], { preset: 'slipway', alpha: 0.05 }).dataset.verdict;

describe('scores', () => {
  const [reference, current] = [draw(500), draw(400, () => random.normal() * 1.2 + 0.3)];

  it.each(['psi', 'jensenshannon', 'kl_div', 'hellinger', 'wasserstein', 'ed'] as const)(
    '%s is 0 of a sample with itself, and grows with the shift',
    (method) => {
      expect(judge(numbers(reference, reference), method).score).toBeCloseTo(0, 7);
      const shifted = [0, 0.5, 1, 2, 4].map(
        (shift) =>
          judge(
            numbers(
              reference,
              current.map((value) => value + shift),
            ),
            method,
          ).score,
      );
      expect(shifted).toEqual([...shifted].sort((a, b) => a - b));
    },
  );

  it.each(['jensenshannon', 'hellinger'] as const)('%s is the same from either side of the same bins', (method) => {
    const [a, b] = [
      [30, 40, 50],
      [60, 5, 20],
    ];
    expect(judge(categories(a, b), method).score).toBeCloseTo(judge(categories(b, a), method).score, 12);
  });

  it('PSI knows no unit and no order of rows', () => {
    const { score } = judge(numbers(reference, current));
    const scaled = (values: readonly number[]): number[] => values.map((value) => value * 1e-7 - 3).reverse();
    expect(judge(numbers(scaled(reference), scaled(current))).score).toBe(score);
    const bent = (values: readonly number[]): number[] => values.map(Math.exp);
    expect(judge(numbers(bent(reference), bent(current))).score).toBe(score);
  });

  it('one far value does not hide a shift', () => {
    const moved = draw(2000, () => random.normal() + 0.5);
    const still = draw(2000);
    const { score } = judge(numbers(still, moved));
    expect(judge(numbers([...still, 1e6], moved)).score).toBeCloseTo(score, 1);
    expect(score).toBeGreaterThan(0.15);
  });
});

describe('bins', () => {
  it('a value of a tenth of the rows has a bin of its own, and the rest share the others', () => {
    const mostlyZero = Float64Array.from({ length: 1000 }, (_, row) => (row < 920 ? 0 : row)).sort();
    const bins = quantileBins(mostlyZero);
    expect([...bins.atoms]).toEqual([0]);
    expect([...binCounts(mostlyZero, bins)]).toEqual([920, 80]);
    const wet = Float64Array.from({ length: 1000 }, (_, row) => (row < 430 ? 0 : row)).sort();
    expect([...binCounts(wet, bins)]).toEqual([430, 570]);
    expect(verdict(numbers([...mostlyZero], [...wet]))).toBe('drift');
  });

  it('hold every number, whatever is frequent', () => {
    for (let run = 0; run < 300; run += 1) {
      const values = 1 + random.below(40);
      const sorted = Float64Array.from({ length: 1 + random.below(300) }, () => random.below(values)).sort();
      const other = Float64Array.from({ length: 200 }, () => random.normal() * 20).sort();
      const bins = quantileBins(sorted);
      const sum = (counts: Float64Array): number => counts.reduce((all, count) => all + count, 0);
      expect(sum(binCounts(sorted, bins))).toBe(sorted.length);
      expect(sum(binCounts(other, bins))).toBe(other.length);
      expect(binCounts(other, bins).every((count) => count >= 0)).toBe(true);
      for (const atom of bins.atoms)
        expect(sorted.filter((value) => value === atom).length).toBeGreaterThanOrEqual(sorted.length / 10);
    }
  });
});

describe('verdicts', () => {
  it('values that went missing are drift', () => {
    const values = draw(2000);
    const sample = numbers(values, values.slice(0, 1500), 500);
    expect(verdict(sample)).toBe('drift');
    expect(driftEvidence(sample).missing).toEqual({ reference: 0, current: 0.25 });
  });

  it('what is large by chance at this size is too small to tell, and the same in many rows is drift', () => {
    const few = categories([22, 9, 11], [14, 14, 14]);
    expect(judge(few).score).toBeGreaterThan(0.1);
    expect(verdict(few)).toBe('too small to tell');
    expect(verdict(categories([2200, 900, 1100], [1400, 1400, 1400]))).toBe('drift');
  });

  it('what is certain and small is no drift', () => {
    const [reference, current] = [
      [50_000, 50_000],
      [52_000, 48_000],
    ];
    const judged = judge(categories(reference, current));
    expect(judged.score).toBeGreaterThan(judged.noise ?? 1);
    expect(judged.pValue).toBeLessThan(1e-9);
    expect(verdict(categories(reference, current))).toBe('no drift');
  });

  it('p is corrected for the columns beside it', () => {
    const columns = [0.01, 0.04, 0.2, 0.9].map((pValue) => ({
      ...judge(categories([500, 500], [300, 700])),
      pValue,
    }));
    const { columns: told } = judgeBatch(columns, [], { preset: 'slipway', alpha: 0.05 });
    expect(told.map(({ pAdjusted }) => pAdjusted)).toEqual([0.04, 0.08, expect.closeTo(0.8 / 3, 12), 0.9]);
    expect(told.map(({ verdict: each }) => each === 'drift')).toEqual([true, false, false, false]);
  });

  it('numbers at the end of what a number can be have a score', () => {
    const far = [1e308, -1e308, 3, 4, 5, 6, 7, 8, 9, 10];
    for (const sample of [numbers(far, far), numbers([0], [1e308]), numbers([2], [2])])
      expect(Number.isFinite(judge(sample).score)).toBe(true);
  });
});

describe('evidence', () => {
  it('draws every row, and the gap where it is', () => {
    const sample = numbers(
      draw(700),
      draw(300, () => random.normal() * 3 + 1),
    );
    const { numbers: drawn } = driftEvidence(sample);
    const { histogram, cumulative, gap } = drawn ?? { histogram: undefined, cumulative: undefined, gap: undefined };
    expect(histogram?.reference.reduce((sum, count) => sum + count, 0)).toBe(700);
    expect(histogram?.current.reduce((sum, count) => sum + count, 0)).toBe(300);
    expect(histogram?.edges.length).toBe((histogram?.current.length ?? 0) + 1);
    expect(Math.abs((gap?.reference ?? 0) - (gap?.current ?? 0))).toBeCloseTo(gap?.distance ?? -1, 12);
    expect(cumulative?.x).toContain(gap?.x);
    const furthest = (cumulative?.x ?? []).map((_, at) =>
      Math.abs((cumulative?.reference[at] ?? 0) - (cumulative?.current[at] ?? 0)),
    );
    expect(Math.max(...furthest)).toBeCloseTo(gap?.distance ?? -1, 12);
  });

  it('of one number and of the largest numbers is drawn too', () => {
    for (const sample of [numbers([5, 5], [5]), numbers([-1.7e308, 1.7e308], [1.7e308])]) {
      const histogram = driftEvidence(sample).numbers?.histogram;
      expect(histogram?.edges.every(Number.isFinite)).toBe(true);
      expect(histogram?.reference.reduce((sum, count) => sum + count, 0)).toBe(2);
    }
  });

  it('names the category that moved most, and counts those that are not drawn', () => {
    const counts = Array.from({ length: 40 }, (_, at) => 100 - at);
    const found = driftEvidence(
      categories(
        counts,
        counts.map((count, at) => (at === 33 ? 900 : count)),
      ),
    ).categories;
    expect(found?.moved?.value).toBe('v33');
    expect(found?.values.length).toBe(20);
    expect(found?.others.values).toBe(20);
    const all = (found?.others.reference ?? 0) + (found?.values ?? []).reduce((sum, each) => sum + each.reference, 0);
    expect(all).toBe(counts.reduce((sum, count) => sum + count, 0));
  });
});
