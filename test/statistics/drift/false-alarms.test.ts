// How often equal samples are called drift: seeded simulations over the sizes and bins that people have.
import { expect, it } from 'vitest';
import { judgeBatch } from '../../../src/lifecycle/datasets/drift/batch-verdict';
import type { CategorySample, ColumnSample, NumberSample } from '../../../src/lifecycle/datasets/drift/column-sample';
import type { JudgedColumn } from '../../../src/lifecycle/datasets/drift/judged-column';
import { judgeAsSlipway } from '../../../src/lifecycle/datasets/drift/slipway-preset';
import { Random } from '../../../src/statistics/random';

const sizes = [
  [200, 200],
  [1000, 200],
  [200, 10_000],
  [1000, 1000],
  [10_000, 10_000],
] as const;
const runs = 100;

function drawn(random: Random, weights: readonly number[], rows: number): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sums: number[] = [];
  for (const weight of weights) sums.push((sums.at(-1) ?? 0) + weight / total);
  const counts = new Float64Array(weights.length);
  for (let row = 0; row < rows; row += 1) {
    const at = random.uniform();
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 1) > at) high = middle;
      else low = middle + 1;
    }
    counts[low] = (counts[low] ?? 0) + 1;
  }
  return counts;
}

function categories(random: Random, weights: readonly number[], n: number, m: number): CategorySample {
  return {
    is: 'categories',
    column: 'c',
    names: weights.map(String),
    rows: { reference: n, current: m },
    nulls: { reference: 0, current: 0 },
    reference: drawn(random, weights, n),
    current: drawn(random, weights, m),
  };
}

function numbers(draw: () => number, n: number, m: number): NumberSample {
  const side = (rows: number): Float64Array => Float64Array.from({ length: rows }, draw).sort();
  return {
    is: 'numbers',
    column: 'x',
    rows: { reference: n, current: m },
    nulls: { reference: 0, current: 0 },
    isWhole: { reference: false, current: false },
    reference: side(n),
    current: side(m),
  };
}

/** The share of samples that are called drift: with no threshold in the way, and with the usual one. */
function alarms(make: () => ColumnSample): { unlimited: number; usual: number } {
  const found = { unlimited: 0, usual: 0 };
  for (let run = 0; run < runs; run += 1) {
    const judged = judgeAsSlipway(make(), { method: null, threshold: null, alpha: 0.05 }) as JudgedColumn;
    const isDrift = (column: JudgedColumn): boolean =>
      judgeBatch([column], [], { preset: 'slipway', alpha: 0.05 }).dataset.verdict === 'drift';
    if (isDrift({ ...judged, threshold: 0 })) found.unlimited += 1;
    if (isDrift(judged)) found.usual += 1;
  }
  return { unlimited: found.unlimited / runs, usual: found.usual / runs };
}

const shapes: Record<string, (k: number) => number[]> = {
  even: (k) => Array.from({ length: k }, () => 1),
  skewed: (k) => Array.from({ length: k }, (_, at) => 1 / (at + 1)),
};
/** Beyond 7 % by chance alone: three standard errors of so many runs. */
const limit = 0.07 + 3 * Math.sqrt((0.05 * 0.95) / runs);

/** What is called drift too often. */
function judge(found: Readonly<Record<string, { unlimited: number; usual: number }>>): void {
  const tooOften = Object.entries(found).filter(([, share]) => Math.max(share.unlimited, share.usual) > limit);
  expect(tooOften).toEqual([]);
  shares.push(...Object.values(found).map(({ unlimited }) => unlimited));
}

const shares: number[] = [];
it.each(sizes)('equal categories of %i and %i rows are seldom called drift', (n, m) => {
  const random = new Random(n * 31 + m);
  const found: Record<string, { unlimited: number; usual: number }> = {};
  for (const [shape, weights] of Object.entries(shapes))
    for (const k of [2, 10, 100])
      found[`${shape}, ${k} categories`] = alarms(() => categories(random, weights(k), n, m));
  judge(found);
});

it.each(sizes)('equal numbers of %i and %i rows are seldom called drift', (n, m) => {
  const random = new Random(n * 37 + m);
  const draws: Record<string, () => number> = {
    normal: () => random.normal(),
    rounded: () => Math.round(random.normal() * 3),
    'mostly zero': () => (random.uniform() < 0.9 ? 0 : random.normal()),
  };
  const found: Record<string, { unlimited: number; usual: number }> = {};
  for (const [name, draw] of Object.entries(draws)) found[name] = alarms(() => numbers(draw, n, m));
  judge(found);
});

it('equal texts are seldom called drift', () => {
  const random = new Random(8);
  const text = (): string => Array.from({ length: 10 }, () => `w${Math.floor(2000 * random.uniform() ** 2)}`).join(' ');
  const side = (rows: number): string[] => Array.from({ length: rows }, text);
  judge({
    texts: alarms(() => ({
      is: 'texts',
      column: 't',
      rows: { reference: 100, current: 60 },
      nulls: { reference: 0, current: 0 },
      reference: side(100),
      current: side(60),
    })),
  });
});

it.each(['wasserstein', 'ed'] as const)('equal numbers are seldom beyond the noise of %s', (method) => {
  const random = new Random(9);
  const draws = { normal: () => random.normal(), 'far tails': () => Math.exp(1.5 * random.normal()) };
  for (const [name, draw] of Object.entries(draws)) {
    let beyond = 0;
    for (let run = 0; run < runs; run += 1) {
      const options = { method, threshold: null, alpha: 0.05 };
      const { score, noise } = judgeAsSlipway(numbers(draw, 150, 60), options) as JudgedColumn;
      if (score > (noise ?? 0)) beyond += 1;
    }
    expect(beyond / runs, name).toBeLessThan(limit);
  }
});

it('without drift a twentieth is called drift on average, be the threshold however low', () => {
  expect(shares.length).toBeGreaterThan(40);
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.055);
});
