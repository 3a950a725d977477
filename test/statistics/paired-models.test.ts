// Tests of two models on the same rows: DeLong against its definition and scikit-learn, Tango against the likelihood.
import { expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { delongArea, delongDifference } from '../../src/statistics/tests/delong';
import { mcnemarMidP } from '../../src/statistics/tests/mcnemar';
import { pairedProportions } from '../../src/statistics/tests/paired-proportions';
import { askReference, isClose, type Question } from './reference';

const random = new Random(20261123);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

interface Asked {
  question: Question;
  own: number[];
}

function differences(asked: readonly Asked[], tolerance: (place: number) => number): string[] {
  const answers = askReference(asked.map(({ question }) => question)) as number[][];
  return asked.flatMap(({ question, own }, index) =>
    own.flatMap((value, at) => {
      const theirs = answers[index]?.[at] ?? -99;
      const isEqual = isClose(value, theirs, tolerance(at));
      return isEqual ? [] : [`${at} of ${JSON.stringify(question).slice(0, 120)}: ${value} and not ${theirs}`];
    }),
  );
}

interface ScoredPair {
  positive: Int32Array;
  baseline: Float64Array;
  candidate: Float64Array;
}

/** `steps`: so many different scores, few of them for ties. */
function scoredPair(rows: number, { shared, steps }: { shared: number; steps: number }): ScoredPair {
  const positive = Int32Array.from({ length: rows }, (_, row) => (row < 4 ? row % 2 : random.below(3) === 0 ? 1 : 0));
  const luck = times(rows, () => random.normal());
  const score = (): Float64Array =>
    Float64Array.from(positive, (label, row) => {
      const drawn = label + shared * (luck[row] ?? 0) + Math.sqrt(1 - shared ** 2) * random.normal();
      return Math.round(drawn * steps) / steps;
    });
  return { positive, baseline: score(), candidate: score() };
}

it('DeLong’s areas are scikit-learn’s, and errors, intervals and p those of all pairs of rows, with ties and few rows', () => {
  const asked: Asked[] = [];
  for (const rows of [4, 5, 12, 60, 700]) {
    for (const steps of [1, 3, 1e9]) {
      for (const shared of [0, 0.9]) {
        const pair = scoredPair(rows, { shared, steps });
        const confidence = [0.95, 0.8][random.below(2)] ?? 0.95;
        const delta0 = [0, -0.02, 0.1][random.below(3)] ?? 0;
        const areas = [pair.baseline, pair.candidate].map((score) =>
          delongArea({ positive: pair.positive, score }, confidence),
        );
        const difference = delongDifference(pair, { confidence, delta0 });
        if (difference.interval === null || areas.some(({ interval }) => interval === null)) continue;
        if (difference.error === 0) continue;
        expect([difference.baseline, difference.candidate]).toEqual(areas.map(({ auc }) => auc));
        const own = areas.flatMap(({ auc, error, interval }) => [auc, error, ...(interval ?? [])]);
        own.push(difference.effect, difference.error, ...difference.interval, difference.p);
        const { positive, baseline, candidate } = pair;
        asked.push({
          question: ['delong', [[...positive], [...baseline], [...candidate], confidence, delta0]],
          own,
        });
      }
    }
  }
  expect(asked.length).toBeGreaterThan(20);
  expect(differences(asked, (at) => (at === 0 || at === 4 ? 1e-12 : 1e-9))).toEqual([]);
});

it('an area of 0 or 1, equal scores, one class, one row of a class and NaN have no interval, and none is certain', () => {
  const positive = [0, 0, 0, 1, 1, 1];
  const rising = [1, 2, 3, 4, 5, 6];
  expect(delongArea({ positive, score: rising })).toEqual({ auc: 1, error: 0, interval: null });
  expect(delongArea({ positive, score: rising.toReversed() })).toEqual({ auc: 0, error: 0, interval: null });
  expect(delongArea({ positive, score: [2, 2, 2, 2, 2, 2] })).toEqual({ auc: 0.5, error: 0, interval: null });
  expect(delongArea({ positive: [1, 1, 1, 1, 1, 1], score: rising })).toMatchObject({
    auc: Number.NaN,
    interval: null,
  });
  expect(delongArea({ positive: [], score: [] })).toMatchObject({ auc: Number.NaN, interval: null });
  const alone = delongArea({ positive: [0, 1, 0, 0, 0, 0], score: rising });
  expect(alone).toEqual({ auc: 0.2, error: Number.NaN, interval: null });
  for (const place of [0, 3, 5]) {
    const score = rising.with(place, Number.NaN);
    expect(delongArea({ positive, score })).toEqual({ auc: Number.NaN, error: Number.NaN, interval: null });
    const difference = delongDifference({ positive, baseline: rising, candidate: score });
    expect(difference).toMatchObject({ baseline: 1, candidate: Number.NaN, interval: null, p: Number.NaN });
  }
  const infinite = rising.with(0, Number.NEGATIVE_INFINITY).with(1, Number.NEGATIVE_INFINITY);
  expect(delongArea({ positive: [0, 1, 0, 1, 1, 0], score: infinite }).auc).toBe(
    delongArea({ positive: [0, 1, 0, 1, 1, 0], score: [1, 1, 3, 4, 5, 6] }).auc,
  );
});

it('two models that rank the rows alike differ by 0 for certain, and two without a fault are not told apart', () => {
  const { positive, baseline } = scoredPair(80, { shared: 0, steps: 1e9 });
  const same = { positive, baseline, candidate: baseline.map((score) => 3 * score + 1) };
  expect(delongDifference(same)).toMatchObject({ effect: 0, error: 0, interval: [0, 0], p: 1 });
  expect(delongDifference(same, { delta0: -0.01 })).toMatchObject({ interval: [0, 0], p: 0 });
  const perfect = { positive: [0, 0, 1, 1], baseline: [1, 2, 3, 4], candidate: [1, 2, 3, 5] };
  expect(delongDifference(perfect)).toMatchObject({ effect: 0, interval: null, p: Number.NaN });
  const opposite = { positive: [0, 0, 1, 1], baseline: [4, 3, 2, 1], candidate: [1, 2, 3, 5] };
  expect(delongDifference(opposite)).toMatchObject({ effect: 1, interval: null, p: Number.NaN });
});

it('100,000 rows are judged by DeLong in a part of a second', () => {
  const pair = scoredPair(100_000, { shared: 0.8, steps: 1e9 });
  const began = performance.now();
  expect(delongDifference(pair).interval).not.toBeNull();
  expect(performance.now() - began).toBeLessThan(1500);
});

it('Tango’s interval and test are those of the likelihood, found without his closed form', () => {
  const tables: [number, number, number][] = [
    [0, 0, 1],
    [0, 0, 40],
    [1, 0, 1],
    [0, 1, 1],
    [5, 5, 10],
    [6, 4, 10],
    [10, 0, 10],
    [0, 10, 10],
    [3, 0, 20],
    [0, 3, 20],
    [1, 7, 21],
    [6, 16, 161],
    [40, 20, 160],
    [2000, 2100, 100_000],
    [31, 0, 50_000],
    ...times(40, (): [number, number, number] => {
      const rows = 2 + random.below(300);
      const fixed = random.below(rows);
      return [fixed, random.below(rows - fixed + 1), rows];
    }),
  ];
  const asked = tables.map(([fixed, broken, rows]): Asked => {
    const confidence = [0.95, 0.9, 0.5, 0.999][random.below(4)] ?? 0.95;
    const delta0 = [0, -0.01, -0.1, 0.05, 0.7, -0.9][random.below(6)] ?? 0;
    const { effect, interval, z, p } = pairedProportions({ fixed, broken, rows }, { confidence, delta0 });
    const isNothing = delta0 === 0 && fixed + broken === 0;
    return {
      question: ['tango', [fixed, broken, rows, confidence, delta0]],
      own: isNothing ? [effect, ...interval] : [effect, ...interval, z, p],
    };
  });
  expect(differences(asked, () => 1e-9)).toEqual([]);
});

it('Tango’s interval is the published one, and at 0 his test is McNemar’s', () => {
  // Airway responsiveness before and after a transplantation: Fagerland, Lydersen and Laake (2014), table 5.
  const [low, high] = pairedProportions({ fixed: 1, broken: 7, rows: 21 }).interval;
  expect([low.toFixed(3), high.toFixed(3)]).toEqual(['-0.517', '-0.026']);
  expect(pairedProportions({ fixed: 25, broken: 10, rows: 200 }).z).toBeCloseTo(15 / Math.sqrt(35), 12);
  const many = { fixed: 5200, broken: 5000 };
  expect(pairedProportions({ ...many, rows: 1e6 }).p).toBeCloseTo(mcnemarMidP(many), 4);
});

it('without a discordant row the difference is 0 with a width, and with discordant rows alone it ends at 1', () => {
  const none = pairedProportions({ fixed: 0, broken: 0, rows: 100 });
  const reach = 1.959963984540054 ** 2 / (100 + 1.959963984540054 ** 2);
  expect(none).toMatchObject({ effect: 0, error: 0, z: 0, p: 1 });
  expect(none.interval.map((end) => end.toFixed(12))).toEqual([(-reach).toFixed(12), reach.toFixed(12)]);
  expect(pairedProportions({ fixed: 0, broken: 0, rows: 100 }, { delta0: -0.05 }).z).toBeGreaterThan(1.96);
  expect(pairedProportions({ fixed: 8, broken: 0, rows: 8 })).toMatchObject({ effect: 1, error: 0 });
  expect(pairedProportions({ fixed: 8, broken: 0, rows: 8 }).interval[1]).toBe(1);
  expect(pairedProportions({ fixed: 0, broken: 8, rows: 8 }).interval[0]).toBe(-1);
  const empty = pairedProportions({ fixed: 0, broken: 0, rows: 0 });
  expect([empty.effect, ...empty.interval, empty.z, empty.p]).toEqual(times(5, () => Number.NaN));
  for (const wrong of [
    { fixed: 3, broken: 3, rows: 5 },
    { fixed: -1, broken: 0, rows: 5 },
    { fixed: 0.5, broken: 0, rows: 5 },
  ]) {
    expect(() => pairedProportions(wrong)).toThrow(RangeError);
  }
  expect(() => pairedProportions({ fixed: 1, broken: 0, rows: 5 }, { delta0: 1.2 })).toThrow(RangeError);
});

it('the interval ends where the test of its end has the level, and holds a margin that is not refused', () => {
  for (const [fixed, broken, rows] of [
    [12, 20, 400],
    [0, 4, 90],
  ] as const) {
    const seen = { fixed, broken, rows };
    const [low, high] = pairedProportions(seen).interval;
    for (const delta0 of [low, high]) expect(pairedProportions(seen, { delta0 }).p).toBeCloseTo(0.05, 9);
    expect(pairedProportions(seen, { delta0: low - 1e-3 }).p).toBeLessThan(0.05);
    expect(pairedProportions(seen, { delta0: low + 1e-3 }).p).toBeGreaterThan(0.05);
  }
});
