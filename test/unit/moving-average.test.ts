// Smoothing runs over all points before they are cut, with the weights pandas gives.
import { describe, expect, it } from 'vitest';
import { bucketPoints } from '../../src/lifecycle/runs/reading/curves/bucket';
import { movingAverage } from '../../src/lifecycle/runs/reading/curves/moving-average';

const gap = Number.NaN;
const values = [
  0,
  2.636,
  3.992,
  5.007,
  5.56,
  5.577,
  5.046,
  gap,
  2.586,
  0.906,
  -0.853,
  -2.506,
  -2.784,
  -3.745,
  -4.195,
  -4.095,
  -3.467,
  -2.391,
  -0.997,
  0.551,
  Number.POSITIVE_INFINITY,
  3.385,
  4.337,
  5.913,
  5.847,
  5.236,
  4.138,
  2.661,
  0.957,
  -0.798,
  -2.42,
  -3.743,
  -4.632,
  1000,
  -3.717,
  -3.016,
  -1.883,
  -0.455,
  1.101,
  2.601,
];
/** pandas 3.1.1: Series(finite values).ewm(alpha=0.1, adjust=True).mean(), by their place in `values`. */
const pandas: [number, number][] = [
  [0, 0],
  [1, 1.3873684210526318],
  [6, 4.292611226576955],
  [8, 3.9929601342180843],
  [19, -0.8385792246329099],
  [21, -0.35776558884954957],
  [33, 103.7136377987949],
  [39, 53.97779902589065],
];

function columns(list: readonly number[]) {
  const steps = Float64Array.from(list, (_, index) => index);
  return { length: list.length, step: steps, time: steps, value: Float64Array.from(list) };
}

describe('a moving average', () => {
  it('equals pandas over the finite values, and values that are not finite change nothing', () => {
    const smooth = movingAverage(columns(values), 0.9);
    for (const [index, value] of pandas) expect(smooth[index]).toBeCloseTo(value, 12);
    expect(smooth[7]).toBe(smooth[6]);
    expect(smooth[20]).toBe(smooth[19]);
  });

  it.each([0.1, 0.6, 0.99, 0.9999])('is the weighted mean of all values before it (weight %d)', (weight) => {
    const list = Array.from({ length: 500 }, (_, index) => Math.sin(index / 9) + ((index * 37) % 5));
    const smooth = movingAverage(columns(list), weight);
    for (const at of [0, 1, 50, 499]) {
      const weights = list.slice(0, at + 1).map((_, index) => weight ** (at - index));
      const sum = weights.reduce((total, each, index) => total + each * (list[index] ?? 0), 0);
      expect(smooth[at]).toBeCloseTo(sum / weights.reduce((total, each) => total + each, 0), 9);
    }
  });

  it('a constant stays itself', () => {
    expect([...movingAverage(columns([3, 3, 3]), 0.5)]).toEqual([3, 3, 3]);
  });

  it('is the same whatever part is cut and into how many buckets', () => {
    const list = Array.from({ length: 5000 }, (_, index) => Math.cos(index / 40) + ((index * 7919) % 3));
    const all = movingAverage(columns(list), 0.95);
    const cuts = [{ buckets: 10 }, { buckets: 1000 }, { buckets: 50, from: 4000, to: 4100 }];
    for (const cut of cuts) {
      const series = bucketPoints('k', columns(list), { axis: 'step', start: 0, smoothing: 0.95, ...cut });
      expect(series.smooth).toHaveLength(series.x.length);
      expect(series.smooth).toEqual(series.x.map((x) => all[x]));
    }
    expect(bucketPoints('k', columns(list), { axis: 'step', start: 0, buckets: 10 }).smooth).toEqual([]);
  });
});
