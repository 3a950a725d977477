// Which test the values of repeats get, and what is said where none can tell.
import { describe, expect, it } from 'vitest';
import { repeatTest } from '../../src/lifecycle/runs/comparison/repeat-test';

const seeds = { paired: true, folds: 0, together: 1 };
const noSpread = { p: null, interval: null, needs: null, test: 'none', why: expect.stringContaining('no spread') };

describe('a difference that is constant but for rounding is no known noise', () => {
  const first = [0.11, 0.23, 0.37, 0.48, 0.52, 0.61, 0.7, 0.83, 0.94, 1.05];
  const raised = first.map((value) => value + 0.03);

  expect(new Set(raised.map((value, run) => value - (first[run] ?? 0))).size).toBeGreaterThan(1);

  it.each([
    ['pairs of seeds', seeds],
    ['folds', { ...seeds, folds: 10 }],
  ])('over %s', (_, given) => {
    expect(repeatTest({ first, second: raised, ...given })).toMatchObject(noSpread);
    // Small differences of large numbers have many digits of rounding.
    const large = first.map((value) => value + 1e7);
    expect(repeatTest({ first: large, second: large.map((value) => value + 0.1), ...given })).toMatchObject(noSpread);
  });

  it.each([3, 12])('over %i runs of each that do not pair up', (count) => {
    const sum = Array.from({ length: count }, (_, run) => (run % 2 === 0 ? 0.3 : 0.1 + 0.2));
    const other = sum.map((value) => value + 0.1);
    expect(repeatTest({ first: sum, second: other, ...seeds, paired: false })).toMatchObject(noSpread);
  });

  it('but a small spread that is none of rounding is', () => {
    const second = raised.map((value, run) => value + 1e-9 * run);
    expect(repeatTest({ first, second, ...seeds })).toMatchObject({ p: 2 / 1024, why: null });
  });
});

it('how many folds would tell is said only where folds could, as they share training data', () => {
  const first = [0.7, 0.7, 0.7, 0.7, 0.7];
  const over = (rise: number) => {
    const second = first.map((value, fold) => value + rise + 0.01 * (fold - 2));
    return repeatTest({ first, second, ...seeds, folds: 5 });
  };
  // The spread is .0158; the shared part alone is .0079, of which 2.8 are .0221.
  expect(over(0.021).needs).toBe(null);
  const { needs } = over(0.024);
  expect(needs).toBe(Math.ceil(1 / ((0.024 / 2.801585 / 0.0158114) ** 2 - 1 / 4)));
});
