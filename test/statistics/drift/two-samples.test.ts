// Tests and distances of two samples against scipy and statsmodels, where Evidently does not ask them as we do.
import { expect, it } from 'vitest';
import { chiSquareCritical } from '../../../src/statistics/distributions/chi-square';
import { logHypergeometric, randomHypergeometric } from '../../../src/statistics/distributions/hypergeometric';
import { kolmogorovUpper } from '../../../src/statistics/distributions/kolmogorov';
import { jensenShannon, kullbackLeibler } from '../../../src/statistics/drift/divergence';
import { sortedDistances } from '../../../src/statistics/drift/sorted-distances';
import { Random } from '../../../src/statistics/random';
import { benjaminiHochberg } from '../../../src/statistics/tests/benjamini-hochberg';
import { contingencyTest, likelihoodRatioTest } from '../../../src/statistics/tests/contingency';
import { fisherExactP } from '../../../src/statistics/tests/fisher-exact';
import { andersonDarling } from '../../../src/statistics/tests/two-sample/anderson-darling';
import { cramerVonMisesP } from '../../../src/statistics/tests/two-sample/cramer-von-mises';
import { eppsSingletonP } from '../../../src/statistics/tests/two-sample/epps-singleton';
import { kolmogorovSmirnovP } from '../../../src/statistics/tests/two-sample/kolmogorov-smirnov';
import { mannWhitneyP } from '../../../src/statistics/tests/two-sample/mann-whitney';
import { pooledT } from '../../../src/statistics/tests/two-sample/student';
import { askReference, isClose, type Question } from '../reference';

const random = new Random(518);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

function differences(asked: readonly { question: Question; own: number[] }[]): string[] {
  const answers = askReference(asked.map(({ question }) => question));
  return asked.flatMap(({ question, own }, index) => {
    const theirs = [answers[index]].flat() as number[];
    const isEqual = theirs.length === own.length && own.every((value, at) => isClose(value, theirs[at] ?? 0));
    return isEqual ? [] : [`${JSON.stringify(question).slice(0, 160)}: ${own} and not ${theirs}`];
  });
}

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

it('tests of numbers are those of scipy to 1e-9, for few and many rows, with and without ties', () => {
  const asked: { question: Question; own: number[] }[] = [];
  const sizes = [
    [5, 5],
    [7, 40],
    [19, 20],
    [60, 60],
    [150, 400],
    [1000, 997],
    [300, 10_400],
    [12_000, 900],
  ] as const;
  for (const [n, m] of sizes) {
    for (const draw of [() => random.normal(), () => Math.round(random.normal() * 4)]) {
      const [first, second] = [times(n, draw), times(m, () => draw() + random.uniform() * 0.2)];
      const [a, b] = [sorted(first), sorted(second)];
      const { gap, wasserstein, energy } = sortedDistances(a, b);
      const own = [
        kolmogorovSmirnovP({ gap, n, m }),
        wasserstein,
        energy,
        mannWhitneyP(a, b, 'two-sided'),
        mannWhitneyP(a, b, 'less'),
        pooledT(a, b),
        andersonDarling(a, b).statistic,
        andersonDarling(a, b).p,
        cramerVonMisesP(a, b),
        eppsSingletonP(a, b),
      ];
      asked.push({ question: ['two_samples', [first, second]], own });
    }
  }
  expect(differences(asked)).toEqual([]);
});

it('the distribution of D is that of scipy to 1e-9, by whatever formula', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const n of [1, 2, 10, 139, 140, 141, 500, 5000, 100_000, 400_000])
    for (const z of [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.45, 1.5, 2, 3, 5]) {
      const d = z / Math.sqrt(n);
      asked.push({ question: ['kolmogorov', [d, n]], own: [kolmogorovUpper(d, n)] });
    }
  expect(differences(asked)).toEqual([]);
});

it('tests and distances of counts are those of scipy to 1e-9', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const k of [2, 3, 7, 40]) {
    for (const rows of [20, 300, 5000]) {
      const counts = (): Float64Array => Float64Array.from({ length: k }, () => 1 + random.below(Math.ceil(rows / k)));
      const [reference, current] = [counts(), counts()];
      const { statistic, p } = contingencyTest({ reference, current });
      const ratio = likelihoodRatioTest({ reference, current });
      const own = [statistic, p, ratio.statistic, ratio.p];
      own.push(jensenShannon(reference, current), kullbackLeibler(reference, current));
      asked.push({ question: ['two_counts', [[...reference], [...current]]], own });
    }
  }
  for (const [a, n, b, m] of [
    [3, 10, 8, 12],
    [0, 5, 5, 5],
    [40, 100, 41, 130],
    [1, 1000, 9, 800],
  ] as const)
    asked.push({
      question: ['fisher', [a, n, b, m]],
      own: [fisherExactP({ hits: a, rows: n }, { hits: b, rows: m })],
    });
  for (const degrees of [1, 4, 9, 99])
    for (const p of [0.5, 0.05, 0.001])
      asked.push({ question: ['chi_square_critical', [p, degrees]], own: [chiSquareCritical(p, degrees)] });
  const values = times(25, () => random.uniform() ** 3);
  asked.push({ question: ['benjamini_hochberg', [values]], own: benjaminiHochberg(values) });
  expect(differences(asked)).toEqual([]);
});

it('draws without replacement are hypergeometric', () => {
  for (const draw of [
    { all: 30, marked: 12, drawn: 10 },
    { all: 5000, marked: 40, drawn: 900 },
    { all: 2000, marked: 1500, drawn: 700 },
  ]) {
    const runs = 40_000;
    const seen = new Map<number, number>();
    for (let run = 0; run < runs; run += 1) {
      const hits = randomHypergeometric(draw, random);
      seen.set(hits, (seen.get(hits) ?? 0) + 1);
    }
    let [statistic, degrees] = [0, -1];
    for (const [hits, count] of seen) {
      const expected = runs * Math.exp(logHypergeometric(hits, draw));
      if (expected < 10) continue;
      statistic += (count - expected) ** 2 / expected;
      degrees += 1;
    }
    expect(statistic).toBeLessThan(chiSquareCritical(1e-4, degrees));
  }
});
