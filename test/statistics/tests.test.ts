// Distributions, tests and intervals against scipy, statsmodels and rliable.
import { expect, it } from 'vitest';
import { binomialCdf, binomialPmf } from '../../src/statistics/distributions/binomial';
import { normalCdf, normalQuantile } from '../../src/statistics/distributions/normal';
import { studentCritical, studentTwoSided } from '../../src/statistics/distributions/student-t';
import { Random } from '../../src/statistics/random';
import { bootstrapInterval } from '../../src/statistics/resampling/bootstrap-interval';
import { stratifiedIqmDifference } from '../../src/statistics/resampling/stratified-iqm';
import { interquartileMean } from '../../src/statistics/sample/interquartile-mean';
import { mean } from '../../src/statistics/sample/moments';
import { quantileOfSorted } from '../../src/statistics/sample/quantile';
import { fewestForQuantile, quantileRanks } from '../../src/statistics/sample/quantile-interval';
import { sufficientSize } from '../../src/statistics/sample/sufficient-size';
import { wilsonInterval } from '../../src/statistics/sample/wilson-interval';
import { holm } from '../../src/statistics/tests/holm';
import { mcnemarMidP } from '../../src/statistics/tests/mcnemar';
import { correctedResampledT, overSources, pairedT, welch } from '../../src/statistics/tests/mean-difference';
import { signFlip } from '../../src/statistics/tests/sign-flip';
import { askReference, isClose, type Question } from './reference';

const random = new Random(20261122);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
/** Numbers of every kind that runs log: few or many, with ties, with zeros. */
const sample = (count: number): number[] => {
  const kind = random.below(3);
  return times(count, () =>
    kind === 0 ? random.normal() : kind === 1 ? random.below(3) - 1 : random.uniform() * 1e-3 + 0.9,
  );
};

/** Asks the reference each question, and names those that are answered differently. */
function differences(asked: { question: Question; own: number[] }[], tolerance = 1e-9): string[] {
  const answers = askReference(asked.map(({ question }) => question));
  return asked.flatMap(({ question, own }, index) => {
    const theirs = [answers[index]].flat() as number[];
    const isEqual =
      theirs.length === own.length && own.every((value, at) => isClose(value, theirs[at] ?? 0, tolerance));
    return isEqual ? [] : [`${JSON.stringify(question).slice(0, 200)}: ${own} and not ${theirs}`];
  });
}

it('distributions are those of scipy to 1e-10, tails and large degrees of freedom included', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const z of [
    0,
    -0,
    1e-8,
    0.5,
    -1.959963984540054,
    2.8284,
    -5,
    8,
    -12,
    -30,
    38,
    ...times(50, () => random.normal() * 3),
  ])
    asked.push({ question: ['normal_cdf', [z]], own: [normalCdf(z)] });
  for (const p of [0.5, 1e-300, 1e-20, 0.025, 0.975, 0.999999, ...times(50, () => random.uniform())])
    asked.push({ question: ['normal_quantile', [p]], own: [normalQuantile(p)] });
  for (const degrees of [0.7, 1, 2, 3.5, 9, 29, 120.25, 5000, 99_999]) {
    for (const t of [0, 1e-6, 0.3, 1.96, -2.5, 6, 40])
      asked.push({ question: ['student', [t, degrees]], own: [studentTwoSided(t, degrees)] });
    for (const p of [0.9, 0.05, 0.01, 1e-6])
      asked.push({ question: ['student_critical', [p, degrees]], own: [studentCritical(p, degrees)] });
  }
  for (const n of [1, 2, 7, 30, 1000, 100_000]) {
    for (const k of [0, 1, Math.floor(n / 3), Math.floor(n / 2), n - 1, n]) {
      for (const p of [0.5, 0.1, 0.999]) {
        asked.push({ question: ['binomial_cdf', [k, n, p]], own: [binomialCdf(k, n, p)] });
        asked.push({ question: ['binomial_pmf', [k, n, p]], own: [binomialPmf(k, n, p)] });
      }
    }
  }
  expect(differences(asked, 1e-10)).toEqual([]);
});

it('small p values are right in their own digits', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const z of [-6, -9, -20, -37]) asked.push({ question: ['normal_cdf', [z]], own: [normalCdf(z)] });
  for (const t of [12, 60]) asked.push({ question: ['student', [t, 30]], own: [studentTwoSided(t, 30)] });
  asked.push({ question: ['mcnemar', [400, 120]], own: [mcnemarMidP({ fixed: 400, broken: 120 })] });
  const answers = askReference(asked.map(({ question }) => question)) as number[];
  for (const [index, { own }] of asked.entries()) expect((own[0] ?? 0) / (answers[index] ?? 1)).toBeCloseTo(1, 9);
});

it('tests are those of scipy and statsmodels, with ties, zeros, few values and constant columns', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const [fixed, broken] of [
    [0, 0],
    [1, 0],
    [0, 5],
    [3, 3],
    [10, 25],
    [499, 500],
    [30_000, 29_500],
  ] as const)
    asked.push({ question: ['mcnemar', [fixed, broken]], own: [mcnemarMidP({ fixed, broken })] });
  for (let count = 1; count <= 12; count += 1) {
    for (const values of [sample(count), sample(count), times(count, () => 0)]) {
      if (count > 1) asked.push({ question: ['sign_flip', [values]], own: [signFlip(values).p] });
      const share = 1 / (1 + random.below(9));
      const corrected = correctedResampledT(values, { testShare: share });
      if (corrected.error > 0)
        asked.push({ question: ['corrected_t', [values, share]], own: [...corrected.interval, corrected.p] });
      const paired = pairedT(values);
      if (paired.error > 0)
        asked.push({ question: ['paired_t', [values]], own: [paired.effect, ...paired.interval, paired.p] });
      const other = sample(1 + random.below(12));
      const unpaired = welch(values, other);
      if (unpaired.error > 0)
        asked.push({
          question: ['welch', [values, other]],
          own: [unpaired.effect, ...unpaired.interval, unpaired.p, unpaired.degrees],
        });
      const sources = times(1 + random.below(3), () => ({
        error: 0.01 + random.uniform(),
        degrees: 1 + random.below(300),
      }));
      const over = overSources(random.normal() * (sources[0]?.error ?? 1), sources);
      asked.push({
        question: [
          'over_sources',
          [(over.interval[0] + over.interval[1]) / 2, sources.map(({ error, degrees }) => [error, degrees])],
        ],
        own: [...over.interval, over.p],
      });
      asked.push({ question: ['iqm', [values]], own: [interquartileMean(values)] });
      const p = random.uniform();
      asked.push({
        question: ['quantile', [values, p]],
        own: [
          quantileOfSorted(
            [...values].sort((a, b) => a - b),
            p,
          ),
        ],
      });
      const chances = times(count, () => (random.below(4) === 0 ? 0.04 : random.uniform() ** 3));
      asked.push({ question: ['holm', [chances]], own: holm(chances) });
      const trials = 1 + random.below(2000);
      for (const successes of [0, trials, random.below(trials)])
        asked.push({ question: ['wilson', [successes, trials]], own: wilsonInterval(successes, trials) });
      for (const share of [0.5, 0.9, 0.95, 0.99]) {
        const terms = [trials, share, random.below(2) === 0 ? 0.95 : 0.999] as const;
        asked.push({ question: ['quantile_ranks', [...terms]], own: quantileRanks(...terms) });
      }
    }
  }
  expect(asked.length).toBeGreaterThan(200);
  expect(differences(asked)).toEqual([]);
});

it('a quantile has two ends from as many values on as are said to be needed', () => {
  for (const share of [0.5, 0.9, 0.95, 0.99]) {
    const fewest = fewestForQuantile(share, 0.95);
    expect(quantileRanks(fewest, share, 0.95)[1]).toBe(fewest);
    expect(quantileRanks(fewest - 1, share, 0.95)[1]).toBe(fewest);
  }
});

it('no spread is no p: constant columns are told as NaN, not as certain', () => {
  for (const { p, interval } of [welch([0.5, 0.5], [0.7, 0.7, 0.7]), pairedT([0.1, 0.1]), welch([1], [2, 3])]) {
    expect(p).toBeNaN();
    expect(interval).toEqual([Number.NaN, Number.NaN]);
  }
});

it('rounding is no spread: differences that are constant but for their last digits tell nothing', () => {
  const first = [0.11, 0.23, 0.48, 0.52, 0.83, 1.05];
  const residue = first.map((value) => value + 0.03 - value);
  expect(new Set(residue).size).toBeGreaterThan(1);
  for (const { p, error } of [
    pairedT(residue),
    pairedT([0.1, 0.1 + 1e-9], { scale: 1e6 }),
    correctedResampledT(residue, { testShare: 0.25 }),
    welch([0.3, 0.1 + 0.2], [0.7, 0.7]),
  ]) {
    expect([p, error]).toEqual([Number.NaN, 0]);
  }
  expect(pairedT([0.1, 0.1 + 1e-9]).p).toBeGreaterThan(0);
});

it('bootstrap intervals, percentile and BCa, are those of scipy on the same resamples', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const count of [4, 10, 50, 150]) {
    for (const values of [
      sample(count),
      times(count, () => random.normal() ** 2),
      times(count, () => random.below(2)),
    ]) {
      const replicates = Float64Array.from({ length: 999 }, () =>
        mean(times(count, () => values[random.below(count)] ?? 0)),
      );
      const jackknife = Float64Array.from(values, (_, out) => mean(values.filter((__, index) => index !== out)));
      const observed = mean(values);
      const percentile = bootstrapInterval({ observed, replicates });
      asked.push({ question: ['bootstrap', [values, [...replicates], 'percentile']], own: percentile.interval });
      if (new Set(values).size === 1) continue;
      const bca = bootstrapInterval({ observed, replicates, jackknife });
      asked.push({ question: ['bootstrap', [values, [...replicates], 'BCa']], own: bca.interval });
    }
  }
  expect(differences(asked)).toEqual([]);
});

it('a bootstrap interval ends at zero where its p is the level', () => {
  const values = times(40, () => random.normal() + 0.35);
  const replicates = Float64Array.from({ length: 20_000 }, () => mean(times(40, () => values[random.below(40)] ?? 0)));
  const jackknife = Float64Array.from(values, (_, out) => mean(values.filter((__, index) => index !== out)));
  const given = { observed: mean(values), replicates, jackknife, units: 40 };
  const { p } = bootstrapInterval(given);
  const [low, high] = bootstrapInterval({ ...given, confidence: 1 - p }).interval;
  expect(Math.min(Math.abs(low), Math.abs(high))).toBeLessThan(2e-3);
});

it('a difference that is the same in every resample has the smallest p that the resamples allow, and not 0', () => {
  const replicates = new Float64Array(99).fill(0.5);
  expect(bootstrapInterval({ observed: 0.5, replicates, units: 30 })).toMatchObject({ interval: [0.5, 0.5], p: 0.01 });
  expect(bootstrapInterval({ observed: 0, replicates: replicates.fill(0), units: 30 }).p).toBe(1);
});

it('the sign-flip test by drawing agrees with the exact one within its Monte-Carlo error', () => {
  const values = times(20, () => random.normal() + 0.4);
  const exact = signFlip(values);
  // Among pairs that are equal, so that the signs come from more than one random number.
  const drawn = signFlip(
    values.flatMap((value) => [0, value]),
    { draws: 200_000, seed: 7 },
  );
  expect([exact.exact, drawn.exact]).toEqual([true, false]);
  expect(Math.abs(drawn.p - exact.p)).toBeLessThan(4 * Math.sqrt((exact.p * (1 - exact.p)) / 200_000));
  expect(signFlip([1, 1, 1, 1, 1]).least).toBe(2 / 32);
});

it('the signs of 100,000 pairs are drawn 2,000 times within 1.5 s', () => {
  const losses = Float64Array.from({ length: 100_000 }, () => random.normal());
  const began = performance.now();
  expect(signFlip(losses, { draws: 2000 }).p).toBeGreaterThan(1e-4);
  expect(performance.now() - began).toBeLessThan(1500);
});

it('the interval of the IQM over seeds is that of rliable within the Monte-Carlo error', () => {
  const scores = times(4, (task) => times(10, () => task + random.normal()));
  const draws = 5000;
  // Less a side that is always zero, the difference is the IQM itself.
  const replicates = stratifiedIqmDifference([[0]], scores, { draws, seed: 3 });
  const { interval, error } = bootstrapInterval({ observed: interquartileMean(scores.flat()), replicates });
  const [[point = 0, low = 0, high = 0] = []] = askReference([['iqm_interval', [scores, draws]]]) as number[][];
  expect(isClose(point, interquartileMean(scores.flat()))).toBe(true);
  // The standard error of a 2.5 % quantile of so many draws, of both, times four.
  const allowed = (4 * Math.SQRT2 * error * Math.sqrt((0.025 * 0.975) / draws)) / 0.0584;
  expect(Math.abs(interval[0] - low)).toBeLessThan(allowed);
  expect(Math.abs(interval[1] - high)).toBeLessThan(allowed);
});

it('the size that would suffice is the one at which four of five repetitions tell', () => {
  const size = sufficientSize({ effect: 0.3, error: 0.2, size: 25 });
  let told = 0;
  for (let repetition = 0; repetition < 2000; repetition += 1) {
    if (pairedT(times(size, () => 0.3 + random.normal())).p < 0.05) told += 1;
  }
  expect(told / 2000).toBeGreaterThan(0.77);
  expect(told / 2000).toBeLessThan(0.83);
});

it('the size that would suffice over folds counts the part that folds share, and is infinite where that alone hides the effect', () => {
  // Of five folds: t² = (mean / s)² / (1/J + 1/4), so an effect of 1.5 s is told at J with 1/J = (1.5 / 2.80)² − 1/4.
  const seen = (effect: number) => ({ effect, error: Math.sqrt(1 / 5 + 1 / 4), size: 5, shared: 1 / 4 });
  const reach = 1.959964 + 0.841621;
  const size = sufficientSize(seen(1.5));
  expect(size).toBe(Math.ceil(1 / ((1.5 / reach) ** 2 - 1 / 4)));
  expect(1.5 / Math.sqrt(1 / size + 1 / 4)).toBeGreaterThanOrEqual(reach);
  expect(sufficientSize(seen(1.3))).toBe(Number.POSITIVE_INFINITY);
});

it('the generator is even, and begins where it is told', () => {
  expect(times(3, () => new Random(5).uniform())).toEqual(times(3, () => new Random(5).uniform()));
  const counts = new Array<number>(10).fill(0);
  const drawn = new Random(11);
  for (let draw = 0; draw < 100_000; draw += 1) {
    const at = drawn.below(10);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.9);
});
