// Gaussian smoothing where the reference has no word: values that are no numbers, and kernels longer than the curve.
import { expect, it } from 'vitest';
import { gaussianSmoothing } from '../../src/lifecycle/runs/reading/curves/gaussian-smoothing';

const smoothed = (values: readonly number[], sigma: number): number[] =>
  values.map((_, index) =>
    gaussianSmoothing({ length: values.length, value: Float64Array.from(values) }, sigma)(index),
  );

it('a point that is no number bends nothing, and answers what the one before it does', () => {
  const [a, b, c, d] = smoothed([1, 5, 2, 7], 1.3) as [number, number, number, number];
  expect(smoothed([Number.NaN, 1, 5, Infinity, 2, 7, -Infinity], 1.3)).toEqual([Number.NaN, a, b, b, c, d, d]);
});

it('a constant stays, also under a kernel longer than the curve', () => {
  for (const sigma of [0.1, 1, 50, 1000]) {
    for (const value of smoothed([3, 3, 3], sigma)) expect(value).toBeCloseTo(3, 12);
  }
});

it('reads no further than the curve is long', () => {
  const grown = new Float64Array([1, 2, 3, 99, 99]);
  const own = new Float64Array([1, 2, 3]);
  const at = (value: Float64Array): number => gaussianSmoothing({ length: 3, value }, 2)(2);
  expect(at(grown)).toBe(at(own));
});
