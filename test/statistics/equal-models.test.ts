// How often each test calls one of two equal models the better one: not more often than it says.
import { expect, it } from 'vitest';
import { accuracy } from '../../src/statistics/metrics/confusion-metric';
import { type ClassRows, labelMetric } from '../../src/statistics/metrics/prediction-metric';
import { RocAuc } from '../../src/statistics/metrics/ranked-metric';
import { meanMetric } from '../../src/statistics/metrics/summed-metric';
import { type RowUnits, singleRows } from '../../src/statistics/metrics/weighted-metric';
import { Random } from '../../src/statistics/random';
import { bootstrapInterval } from '../../src/statistics/resampling/bootstrap-interval';
import { pairedBootstrap } from '../../src/statistics/resampling/paired-bootstrap';
import { stratifiedIqmDifference } from '../../src/statistics/resampling/stratified-iqm';
import { interquartileMean } from '../../src/statistics/sample/interquartile-mean';
import { mcnemarMidP } from '../../src/statistics/tests/mcnemar';
import { correctedResampledT, pairedT, welch } from '../../src/statistics/tests/mean-difference';
import { signFlip } from '../../src/statistics/tests/sign-flip';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** The share of `repetitions` in which `isBetter` holds, each with random numbers of its own. */
function shareBetter(repetitions: number, isBetter: (random: Random) => boolean): number {
  return times(repetitions, (seed) => isBetter(new Random(seed + 1))).filter(Boolean).length / repetitions;
}

/** Better: the interval lies above zero, and the p of it is small. */
const decides = ({ interval, p }: { interval: readonly [number, number]; p: number }): boolean =>
  interval[0] > 0 && p < 0.05;

const rowsOf = (truth: number[], predicted: number[], units: RowUnits): ClassRows & { predicted: Int32Array } => ({
  truth: Int32Array.from(truth),
  predicted: Int32Array.from(predicted),
  classes: 2,
  units,
  scores: undefined,
});

/** Both models are right as often; `shared` is how much they have in common. */
function equalLabels(random: Random, rows: number): { truth: number[]; first: number[]; second: number[] } {
  const truth = times(rows, () => random.below(2));
  const hard = times(rows, () => random.uniform());
  const told = (row: number): number => {
    const isRight = random.uniform() < 0.95 - 0.4 * (hard[row] ?? 0);
    return isRight ? (truth[row] ?? 0) : 1 - (truth[row] ?? 0);
  };
  return { truth, first: truth.map((_, row) => told(row)), second: truth.map((_, row) => told(row)) };
}

it.each([20, 60, 300])('McNemar and the bootstrap of accuracy together, %i rows', (rows) => {
  const share = shareBetter(400, (random) => {
    const { truth, first, second } = equalLabels(random, rows);
    const right = (told: number[], row: number): boolean => told[row] === truth[row];
    const fixed = truth.filter((_, row) => right(second, row) && !right(first, row)).length;
    const broken = truth.filter((_, row) => right(first, row) && !right(second, row)).length;
    const units = singleRows(rows);
    const pair = {
      baseline: labelMetric(rowsOf(truth, first, units), accuracy),
      candidate: labelMetric(rowsOf(truth, second, units), accuracy),
    };
    const [result] = pairedBootstrap([pair], { units: rows, draws: 400, seed: random.below(1e9) });
    if (result === undefined) return false;
    const finding = bootstrapInterval({ ...result, observed: result.effect, units: rows });
    return decides({ interval: finding.interval, p: mcnemarMidP({ fixed, broken }) });
  });
  expect(share).toBeLessThan(0.05);
});

it.each([
  [30, 1],
  [200, 1],
  [10, 8],
])('the paired bootstrap of log loss and ROC AUC, %i units of %i rows that share their luck', (count, size) => {
  const wins = { loss: 0, auc: 0 };
  const repetitions = count * size > 100 ? 300 : 800;
  for (let seed = 1; seed <= repetitions; seed += 1) {
    const random = new Random(seed);
    const units = { of: Int32Array.from({ length: count * size }, (_, row) => Math.floor(row / size)), count };
    const luck = times(count, () => random.normal());
    const positive = Int32Array.from(units.of, () => random.below(2));
    const scoreOf = (sign: number): Float64Array =>
      Float64Array.from(units.of, (unit, row) => {
        const drawn = (positive[row] ?? 0) * (1 + 0.6 * sign * (luck[unit] ?? 0)) + random.normal();
        return 1 / (1 + Math.exp(-drawn + 0.5));
      });
    const [first, second] = [scoreOf(1), scoreOf(-1)];
    const loss = (score: Float64Array): Float64Array =>
      score.map((chance, row) => -Math.log(positive[row] === 1 ? chance : 1 - chance));
    const pairs = [
      { baseline: meanMetric(loss(second), units), candidate: meanMetric(loss(first), units) },
      {
        baseline: new RocAuc({ positive, score: first, units }),
        candidate: new RocAuc({ positive, score: second, units }),
      },
    ];
    const [byLoss, byAuc] = pairedBootstrap(pairs, { units: count, draws: 400, seed });
    const isBetter = (result: typeof byLoss): boolean =>
      result !== undefined && decides(bootstrapInterval({ ...result, observed: result.effect, units: count }));
    if (isBetter(byLoss)) wins.loss += 1;
    if (isBetter(byAuc)) wins.auc += 1;
  }
  expect(wins.loss / repetitions).toBeLessThan(0.05);
  expect(wins.auc / repetitions).toBeLessThan(0.05);
});

it('rows that belong together and are resampled one by one are called better too often: why the unit matters', () => {
  const share = shareBetter(200, (random) => {
    const luck = times(15, () => random.normal());
    const units = singleRows(450);
    const values = Float64Array.from({ length: 450 }, (_, row) => (luck[Math.floor(row / 30)] ?? 0) + random.normal());
    const pair = { baseline: meanMetric(new Float64Array(450), units), candidate: meanMetric(values, units) };
    const [result] = pairedBootstrap([pair], { units: 450, draws: 200, seed: random.below(1e9) });
    return result !== undefined && decides(bootstrapInterval({ ...result, observed: result.effect, units: 450 }));
  });
  expect(share).toBeGreaterThan(0.25);
});

it.each([3, 5, 6, 10, 25])('paired seeds: the exact sign-flip test with the interval of t, %i pairs', (pairs) => {
  const share = shareBetter(2000, (random) => {
    const differences = times(pairs, () => random.normal() ** 3);
    return decides({ interval: pairedT(differences).interval, p: signFlip(differences, { draws: 2000 }).p });
  });
  expect(share).toBeLessThan(pairs < 6 ? 1e-9 : 0.045);
});

it.each([
  [3, 3],
  [3, 12],
  [10, 10],
])('unpaired seeds: Welch, %i and %i runs', (few, many) => {
  const share = shareBetter(3000, (random) =>
    decides(
      welch(
        times(few, () => random.normal()),
        times(many, () => 3 * random.normal()),
      ),
    ),
  );
  expect(share).toBeLessThan(0.045);
});

it('folds that share training data: Nadeau and Bengio’s correction holds where the plain t does not', () => {
  // Each repetition of 10 folds draws again from the same rows: what they share is not averaged away.
  const differencesOf = (random: Random): number[] => {
    const shared = random.normal() * Math.sqrt(1 / 9);
    return times(10, () => shared + random.normal());
  };
  const corrected = shareBetter(3000, (random) =>
    decides(correctedResampledT(differencesOf(random), { testShare: 1 / 9 })),
  );
  const plain = shareBetter(3000, (random) => decides(pairedT(differencesOf(random))));
  expect(corrected).toBeLessThan(0.04);
  expect(plain).toBeGreaterThan(0.05);
});

it.each([10, 30])('the IQM over %i seeds with its stratified bootstrap', (seeds) => {
  const share = shareBetter(400, (random) => {
    const [first, second] = [times(seeds, () => random.normal()), times(seeds, () => random.normal())];
    const observed = interquartileMean(second) - interquartileMean(first);
    const replicates = stratifiedIqmDifference([first], [second], { draws: 500, seed: random.below(1e9) });
    return decides(bootstrapInterval({ observed, replicates, units: seeds }));
  });
  expect(share).toBeLessThan(0.05);
});
