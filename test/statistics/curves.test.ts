// What charts work out of curves, against scipy: Gaussian smoothing, and the bands of groups.
import { expect, it } from 'vitest';
import { gaussianSmoothing } from '../../src/lifecycle/runs/reading/curves/gaussian-smoothing';
import { bandOf } from '../../src/lifecycle/runs/reading/curves/group-statistics';
import { Random } from '../../src/statistics/random';
import { askReference, isClose, type Question } from './reference';

const random = new Random(20261122);
const curve = (length: number, size: number): number[] =>
  Array.from({ length }, (_, step) => size * (Math.sin(step / 9) + random.normal()));

it('Gaussian smoothing is scipy.ndimage.gaussian_filter1d to 1e-9, at both ends and where the kernel is longer', () => {
  const asked = [1, 2, 3, 10, 57, 400].flatMap((length) =>
    [0.1, 0.5, 1, 2.34, 7, 30, 120, 1000].map((sigma) => ({
      values: curve(length, 10 ** (random.below(7) - 3)),
      sigma,
    })),
  );
  const answers = askReference(asked.map(({ values, sigma }): Question => ['gaussian', [values, sigma]]));
  const off = asked.flatMap(({ values, sigma }, index) => {
    const smooth = gaussianSmoothing({ length: values.length, value: Float64Array.from(values) }, sigma);
    const theirs = answers[index] as number[];
    const size = Math.max(...values.map(Math.abs));
    return values.flatMap((_, at) =>
      isClose(smooth(at) / size, (theirs[at] ?? Number.NaN) / size) ? [] : [`${values.length} by ${sigma} at ${at}`],
    );
  });
  expect(off).toEqual([]);
});

it('the band of a mean is the interval of scipy.stats.t to 1e-9', () => {
  const asked = [2, 3, 4, 7, 30, 200].map((length) => curve(length, 10 ** (random.below(5) - 2)));
  const answers = askReference(asked.map((values): Question => ['mean_interval', [values]]));
  for (const [index, values] of asked.entries()) {
    const sorted = values.toSorted((a, b) => a - b);
    const { low, high } = bandOf(sorted, { centre: 'mean', spread: 'ci' });
    const [from = 0, to = 0] = answers[index] as number[];
    expect([isClose(low ?? Number.NaN, from), isClose(high ?? Number.NaN, to)]).toEqual([true, true]);
  }
});
