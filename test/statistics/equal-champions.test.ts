// Champion and challenger that are equally good, and rows that both find easy or hard: how often each test of a gate calls
// the challenger better, or no worse where it is worse. Each bound is at most four standard errors of so many repetitions
// above the level that the test has, and never above 5 %.
import { expect, it } from 'vitest';
import { predictionMetrics } from '../../src/statistics/metrics/prediction-metric';
import { type RowUnits, singleRows } from '../../src/statistics/metrics/weighted-metric';
import { Random } from '../../src/statistics/random';
import { bootstrapInterval } from '../../src/statistics/resampling/bootstrap-interval';
import { calibrationInterval } from '../../src/statistics/resampling/calibration-interval';
import { type MetricPair, pairedBootstrap } from '../../src/statistics/resampling/paired-bootstrap';
import { delongArea, delongDifference } from '../../src/statistics/tests/delong';
import { mcnemarMidP } from '../../src/statistics/tests/mcnemar';
import { type DiscordantRows, pairedProportions } from '../../src/statistics/tests/paired-proportions';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** The largest share of `repetitions` that a chance of `level` leaves likely. */
const likely = (level: number, repetitions: number): number =>
  level + 4 * Math.sqrt((level * (1 - level)) / repetitions);

/** Of calling better what is not: each side has half of the level. */
const allowed = (repetitions: number): number => Math.min(0.05, likely(0.025, repetitions));

/** The share of `repetitions` in which `holds`, each with random numbers of its own. */
function share(repetitions: number, holds: (random: Random) => boolean): number {
  return times(repetitions, (seed) => holds(new Random(seed + 1))).filter(Boolean).length / repetitions;
}

const isAbove = (interval: readonly [number, number] | null): boolean => interval !== null && interval[0] > 0;

/** Both are right with a chance that the row decides; the second `gain` less or more often. */
function discordant(random: Random, rows: number, gain = 0): DiscordantRows {
  let [fixed, broken] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    const chance = 0.95 - 0.3 * random.uniform() ** 2;
    const [first, second] = [random.uniform() < chance, random.uniform() < chance + gain];
    if (second && !first) fixed += 1;
    if (first && !second) broken += 1;
  }
  return { fixed, broken, rows };
}

it.each([200, 1000])('accuracy of %i rows: McNemar’s p and Tango’s interval together', (rows) => {
  const isBetter = (seen: DiscordantRows): boolean =>
    mcnemarMidP(seen) < 0.05 && isAbove(pairedProportions(seen).interval);
  const repetitions = rows === 200 ? 10_000 : 4000;
  expect(share(repetitions, (random) => isBetter(discordant(random, rows)))).toBeLessThan(allowed(repetitions));
  expect(share(500, (random) => isBetter(discordant(random, rows, 0.05)))).toBeGreaterThan(rows === 200 ? 0.25 : 0.9);
});

it.each([200, 1000])(
  'accuracy of %i rows: a challenger that is worse by the margin is seldom called no worse',
  (rows) => {
    const margin = 0.03;
    const isNoWorse = (random: Random): boolean =>
      pairedProportions(discordant(random, rows, -margin)).interval[0] > -margin;
    expect(share(4000, isNoWorse)).toBeLessThan(allowed(4000));
    const isEqualNoWorse = (random: Random): boolean => pairedProportions(discordant(random, rows)).interval[0] > -0.08;
    expect(share(400, isEqualNoWorse)).toBeGreaterThan(0.6);
  },
);

interface Judged {
  positive: Int32Array;
  baseline: Float64Array;
  candidate: Float64Array;
}

/** Scores that share what is hard about a row, and about the unit that it belongs to. */
function judged(random: Random, { of, count }: RowUnits, gain = 0): Judged {
  const positive = Int32Array.from(of, () => random.below(2));
  const hard = Float64Array.from(of, () => random.normal());
  const score = (more: number): Float64Array => {
    const luck = times(count, () => 0.5 * random.normal());
    return Float64Array.from(of, (unit, row) => {
      const drawn = ((positive[row] ?? 0) - 0.5) * (1 + more + (luck[unit] ?? 0)) * 2;
      return 1 / (1 + Math.exp(-drawn - (hard[row] ?? 0) - random.normal()));
    });
  };
  return { positive, baseline: score(0), candidate: score(gain) };
}

it.each([200, 1000])('ROC AUC of %i rows: DeLong', (rows) => {
  const units = singleRows(rows);
  const repetitions = rows === 200 ? 4000 : 800;
  const isBetter = (pair: Judged): boolean => {
    const { p, interval } = delongDifference(pair);
    return p < 0.05 && isAbove(interval);
  };
  const wins = share(repetitions, (random) => isBetter(judged(random, units)));
  expect(wins).toBeLessThan(allowed(repetitions));
  expect(wins).toBeGreaterThan(0.01);
  expect(share(200, (random) => isBetter(judged(random, units, 1)))).toBeGreaterThan(0.9);
});

it.each([60, 200])('ROC AUC of %i rows, near 1 as well: DeLong’s interval of the logit holds the true area', (rows) => {
  for (const distance of [0.5, 2.5]) {
    // Normal scores whose means are this far apart: Φ(distance / √2).
    const truth = distance === 0.5 ? 0.6381631950841185 : 0.9614500641282292;
    const missed = share(2000, (random) => {
      const positive = Int32Array.from({ length: rows }, (_, row) => row % 2);
      const score = Float64Array.from(positive, (label) => label * distance + random.normal());
      const { interval } = delongArea({ positive, score });
      return interval === null || interval[0] > truth || interval[1] < truth;
    });
    expect(missed).toBeLessThan(likely(0.05, 2000));
  }
});

/** How often the paired bootstrap of each metric calls the second model better. */
function bootstrapWins(units: RowUnits, repetitions: number): Record<string, number> {
  const names = ['roc_auc', 'log_loss', 'ece'];
  const wins: Record<string, number> = {};
  for (let seed = 1; seed <= repetitions; seed += 1) {
    const { positive, baseline, candidate } = judged(new Random(seed), units);
    const of = (name: string): MetricPair => {
      const metric = predictionMetrics[name];
      if (metric?.needs !== 'scores') throw new Error(`${name} is none of scores`);
      const rows = { truth: positive, classes: 2, units, predicted: undefined };
      return {
        baseline: metric.make({ ...rows, scores: [undefined, baseline] }),
        candidate: metric.make({ ...rows, scores: [undefined, candidate] }),
      };
    };
    const found = pairedBootstrap(names.map(of), { units: units.count, draws: 300, seed });
    for (const [index, name] of names.entries()) {
      const result = found[index];
      if (result === undefined) continue;
      const { interval, p } = bootstrapInterval({ ...result, observed: result.effect, units: units.count });
      const isBetter = predictionMetrics[name]?.direction === 'up' ? interval[0] > 0 : interval[1] < 0;
      wins[name] = (wins[name] ?? 0) + (isBetter && p < 0.05 ? 1 / repetitions : 0);
    }
  }
  return wins;
}

it.each([
  [200, 1],
  [1000, 1],
  [40, 5],
  [50, 20],
])('any other metric: the paired bootstrap of %i units of %i rows', (count, size) => {
  const units = { of: Int32Array.from({ length: count * size }, (_, row) => Math.floor(row / size)), count };
  const repetitions = count * size > 500 ? 200 : 400;
  const wins = bootstrapWins(units, repetitions);
  expect(Object.keys(wins)).toEqual(['roc_auc', 'log_loss', 'ece']);
  for (const won of Object.values(wins)) expect(won).toBeLessThan(allowed(repetitions));
});

it.each([200, 1000])(
  'the interval of a calibration error of %i rows is not above the truth, also where that is 0',
  (rows) => {
    const repetitions = 200;
    for (const shift of [0, 0.02, 0.1]) {
      const missed = { above: 0, below: 0, refused: 0 };
      for (let seed = 1; seed <= repetitions; seed += 1) {
        const random = new Random(seed);
        const score = Float64Array.from({ length: rows }, () => random.uniform());
        const chance = (each: number): number => each + (each < 0.5 ? shift : -shift);
        const positive = Int32Array.from(score, (each) => (random.uniform() < chance(each) ? 1 : 0));
        const finding = calibrationInterval({ positive, score, units: singleRows(rows) }, { draws: 200, seed });
        const [low, high] = finding.interval ?? [1, 0];
        if (low > shift) missed.above += 1 / repetitions;
        if (high < shift) missed.below += 1 / repetitions;
        if (finding.p < 0.05) missed.refused += 1 / repetitions;
      }
      expect(missed.above).toBeLessThan(allowed(repetitions));
      expect(missed.below).toBeLessThan(allowed(repetitions));
      if (shift === 0) expect(missed.refused).toBeLessThan(likely(0.05, repetitions));
      if (shift === 0.1) expect(missed.refused).toBeGreaterThan(rows === 200 ? 0.3 : 0.95);
    }
  },
);
