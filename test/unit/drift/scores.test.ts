// Drift scores of fixtures that need no random numbers, against numbers computed by scipy 1.17 and Evidently 0.7.23.
import { describe, expect, it } from 'vitest';
import type { CategorySample, NumberSample } from '../../../src/lifecycle/datasets/drift/column-sample';
import { judgeAsEvidently } from '../../../src/lifecycle/datasets/drift/evidently-preset';
import type { JudgedColumn } from '../../../src/lifecycle/datasets/drift/judged-column';
import type { DriftMethod } from '../../../src/protocol/datasets/drift';
import { kolmogorovUpper } from '../../../src/statistics/distributions/kolmogorov';
import { sortedDistances } from '../../../src/statistics/drift/sorted-distances';
import { contingencyTest } from '../../../src/statistics/tests/contingency';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const numbers: NumberSample = {
  is: 'numbers',
  column: 'num',
  rows: { reference: 400, current: 300 },
  nulls: { reference: 0, current: 0 },
  isWhole: { reference: false, current: false },
  reference: Float64Array.from(times(400, (i) => ((37 * i) % 101) / 10)).sort(),
  current: Float64Array.from(times(300, (i) => ((53 * i) % 97) / 9 + 0.5)).sort(),
};

function categories(reference: readonly string[], current: readonly string[]): CategorySample {
  const names = [...new Set([...reference, ...current])].sort();
  const counted = (side: readonly string[]): Float64Array =>
    Float64Array.from(names, (name) => side.filter((each) => each === name).length);
  return {
    is: 'categories',
    column: 'cat',
    names,
    rows: { reference: reference.length, current: current.length },
    nulls: { reference: 0, current: 0 },
    reference: counted(reference),
    current: counted(current),
  };
}

const letters = categories(
  times(400, (i) => (i % 3 === 0 ? 'c' : ('abcd'[i ** 2 % 4] as string))),
  times(300, (i) => (i % 4 === 0 ? 'a' : ('abcde'[(7 * i) % 5] as string))),
);
const bits = categories(
  times(400, (i) => (i % 3 === 0 ? '1' : '0')),
  times(300, (i) => (i % 4 === 0 ? '1' : '0')),
);

function scoreOf(sample: NumberSample | CategorySample, method: DriftMethod): number {
  const judged = judgeAsEvidently(sample, { method, threshold: null, alpha: 0.05 });
  expect(judged).toMatchObject({ method });
  return (judged as JudgedColumn).score;
}

describe('the fixture of numbers', () => {
  it.each([
    ['psi', 0.7356834231347306],
    ['jensenshannon', 0.2006185709338235],
    ['kl_div', 0.12448564059739933],
    ['hellinger', 0.18747218623115694],
    ['wasserstein', 0.278863757711641],
    ['ks', 0.02952784515354682],
    ['cramer_von_mises', 0.002154640633675875],
    ['anderson', 0.001],
    ['ed', 0.3594515283519712],
    ['t_test', 0.00041959013123484755],
    ['es', 1.4690563840641244e-6],
  ] as const)('%s', (method, expected) => {
    expect(scoreOf(numbers, method)).toBeCloseTo(expected, 11);
  });

  it('D, and its p by the distribution of one sample', () => {
    const { gap, at } = sortedDistances(numbers.reference, numbers.current);
    expect(gap / (400 * 300)).toBeCloseTo(0.11, 12);
    expect(at).toBeGreaterThan(0);
    expect(kolmogorovUpper(0.11, 171)).toBeCloseTo(0.029469748009030905, 10);
  });
});

describe('the fixture of categories', () => {
  it.each([
    ['psi', 2.498896590697754],
    ['jensenshannon', 0.37592559086456856],
    ['kl_div', 0.4706314240416288],
    ['hellinger', 0.43337756906411146],
  ] as const)('%s', (method, expected) => {
    expect(scoreOf(letters, method)).toBeCloseTo(expected, 12);
  });

  it('contingency and proportions', () => {
    const { statistic, degrees, p } = contingencyTest(letters);
    expect(statistic).toBeCloseTo(167.55885295728143, 9);
    expect(degrees).toBe(4);
    expect(p / 3.494200790301613e-35).toBeCloseTo(1, 9);
    expect(scoreOf(bits, 'z')).toBeCloseTo(0.01502009338663024, 12);
  });
});
