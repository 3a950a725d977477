// The whole judgement on simulated equal models: better is said of one in twenty at most.
import { expect, it } from 'vitest';
import { compareFiles } from '../../src/lifecycle/runs/comparison/compare-runs';
import { comparePredictions, compareSides } from '../../src/lifecycle/runs/comparison/predictions/compare-predictions';
import type { ByteSource } from '../../src/platform/tables/byte-source';
import { Random } from '../../src/statistics/random';

function source(name: string, text: string): ByteSource {
  const bytes = new TextEncoder().encode(text);
  return { name, size: bytes.length, read: async (start, end) => bytes.slice(start, end) };
}

interface Simulated {
  rows: number;
  /** How much better the candidate is: the distance between its classes. */
  gain: number;
  column: 'score' | 'y_pred';
}

/** The share of `repetitions` that end with each verdict. */
async function verdicts(repetitions: number, { rows, gain, column }: Simulated): Promise<Record<string, number>> {
  const shares: Record<string, number> = { better: 0, worse: 0, 'cannot tell': 0 };
  for (let seed = 1; seed <= repetitions; seed += 1) {
    const random = new Random(seed);
    const truth = Array.from({ length: rows }, () => random.below(2));
    const luck = Array.from({ length: rows }, () => 0.7 * random.normal());
    const file = (name: string, distance: number): ByteSource => {
      const lines = truth.map((label, row) => {
        const raw = distance * (label - 0.5) + (luck[row] ?? 0) + 0.7 * random.normal();
        const score = 1 / (1 + Math.exp(-raw));
        return `${row},${label},${column === 'score' ? score : Number(score > 0.5)}`;
      });
      return source(name, `id,y_true,${column}\n${lines.join('\n')}\n`);
    };
    const sources = { baseline: file('a.csv', 1.2), candidate: file('b.csv', 1.2 + gain) };
    const found = await comparePredictions(sources, { metrics: [], unit: null });
    const { verdict } = compareFiles({ baseline: 'a', candidate: 'b' }, found);
    shares[verdict] = (shares[verdict] ?? 0) + 1 / repetitions;
  }
  return shares;
}

it.each([
  { rows: 30, column: 'y_pred', repetitions: 150 },
  { rows: 100, column: 'score', repetitions: 50 },
  { rows: 400, column: 'y_pred', repetitions: 40 },
] as const)('of $rows rows with $column, equal models are seldom told apart', async ({ repetitions, ...simulated }) => {
  const { better = 1, worse = 1 } = await verdicts(repetitions, { ...simulated, gain: 0 });
  // One in twenty, and what chance adds to that in so few repetitions.
  const most = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / repetitions);
  expect(better).toBeLessThan(most);
  expect(worse).toBeLessThan(most);
});

it('and a model that is better is called so', async () => {
  const { better = 0, worse = 1 } = await verdicts(15, { rows: 300, gain: 0.9, column: 'score' });
  expect(better).toBeGreaterThan(0.8);
  expect(worse).toBe(0);
});

/** `seeds` runs of each of two equal ways to train: each run has its own luck, and all are judged on the same rows. */
function equalTrainings(random: Random, { seeds, rows }: { seeds: number; rows: number }): ByteSource[][] {
  const truth = Array.from({ length: rows }, () => random.below(2));
  const hard = Array.from({ length: rows }, () => random.normal());
  const run = (name: string): ByteSource => {
    const skill = 1 + 0.2 * random.normal();
    const lines = truth.map((label, row) => {
      const isRight = skill + (hard[row] ?? 0) + 0.5 * random.normal() > 0;
      return `${row},${label},${isRight ? label : 1 - label}`;
    });
    return source(name, `id,y_true,y_pred\n${lines.join('\n')}\n`);
  };
  const side = (name: string): ByteSource[] => Array.from({ length: seeds }, (_, seed) => run(`${name}${seed}.csv`));
  return [side('a'), side('b')];
}

it.each([
  { seeds: 3, isPaired: true, rows: 120 },
  { seeds: 4, isPaired: false, rows: 120 },
] as const)(
  'of $seeds runs of each, equal trainings are seldom told apart, where rows alone would tell them apart',
  async ({ seeds, isPaired, rows }) => {
    const repetitions = 100;
    const better = { together: 0, alone: 0 };
    for (let seed = 1; seed <= repetitions; seed += 1) {
      const [baseline = [], candidate = []] = equalTrainings(new Random(seed), { seeds, rows });
      const question = { metrics: ['accuracy'], unit: null };
      const judge = (found: Awaited<ReturnType<typeof compareSides>>): number =>
        compareFiles({ baseline: 'a', candidate: 'b' }, found).verdict === 'better' ? 1 / repetitions : 0;
      better.together += judge(await compareSides({ baseline, candidate }, { ...question, isPaired }));
      const [first, second] = [baseline[0] as ByteSource, candidate[0] as ByteSource];
      better.alone += judge(await comparePredictions({ baseline: first, candidate: second }, question));
    }
    expect(better.together).toBeLessThan(0.05);
    expect(better.alone).toBeGreaterThan(0.1);
  },
);

it('of several runs of each, a training that is better is called so', async () => {
  let better = 0;
  for (let seed = 1; seed <= 5; seed += 1) {
    const random = new Random(seed);
    const [baseline = []] = equalTrainings(random, { seeds: 6, rows: 200 });
    const fix = (text: string): string => text.replaceAll(/^(\d+[05]),(\d),\d$/gm, '$1,$2,$2');
    const candidate = await Promise.all(
      baseline.map(async ({ name, size, read }) => source(name, fix(new TextDecoder().decode(await read(0, size))))),
    );
    const found = await compareSides({ baseline, candidate }, { metrics: [], unit: null, isPaired: true });
    better += compareFiles({ baseline: 'a', candidate: 'b' }, found).verdict === 'better' ? 0.2 : 0;
  }
  expect(better).toBeGreaterThan(0.7);
});
