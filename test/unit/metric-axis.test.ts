// A metric over another metric: joined by step, drawn in the order of the steps, cut without losing where it went.
import { describe, expect, it } from 'vitest';
import { joinMetrics } from '../../src/lifecycle/runs/reading/curves/metric-join';
import { cutPath } from '../../src/lifecycle/runs/reading/curves/path-cut';
import type { PointColumns } from '../../src/lifecycle/runs/reading/curves/placed-points';
import { Random } from '../../src/statistics/random';

function columns(points: readonly (readonly [step: number, value: number])[]): PointColumns {
  return {
    length: points.length,
    step: Float64Array.from(points, ([step]) => step),
    time: Float64Array.from(points, (_, index) => index),
    value: Float64Array.from(points, ([, value]) => value),
  };
}

const cut = (
  values: Parameters<typeof columns>[0],
  along: Parameters<typeof columns>[0],
  rule: Partial<Parameters<typeof cutPath>[2] & Parameters<typeof joinMetrics>[2]> = {},
) => cutPath('acc', joinMetrics(columns(values), columns(along), rule), { buckets: 500, ...rule });

describe('a metric over another', () => {
  it('pairs the last value at each step, and counts what has no partner or one that is no number', () => {
    const series = cut(
      [
        [0, 1],
        [1, 2],
        [1, 3],
        [2, 4],
        [3, 5],
        [5, 6],
        [6, 7],
      ],
      [
        [0, 10],
        [0, 20],
        [1, 30],
        [3, Number.NaN],
        [4, 50],
        [6, Infinity],
      ],
    );
    expect(series).toMatchObject({ x: [20, 30], last: [1, 3], points: 2, count: [1, 1] });
    expect(series.joined).toEqual({ steps: [0, 1], unpaired: 2, notFinite: 2 });
  });

  it('follows the steps where it turns back', () => {
    const along = [3, 1, 2, 2, 0].map((value, step) => [step, value] as const);
    const series = cut(
      [0, 1, 2, 3, 4].map((value, step) => [step, value] as const),
      along,
    );
    expect(series.x).toEqual([3, 1, 2, 2, 0]);
    expect(series.joined?.steps).toEqual([0, 1, 2, 3, 4]);
  });

  it('marks values that are no numbers at their places, and leaves out what a logarithmic axis has no place for', () => {
    const along = [1, -1, 0, 10, 100].map((value, step) => [step, value] as const);
    const values = [1, 2, 3, Number.NaN, 5].map((value, step) => [step, value] as const);
    expect(cut(values, along, { scale: 'log' })).toMatchObject({
      ...{ x: [1, 100], last: [1, 5], leftOut: 2, points: 3 },
      marks: [{ x: 10, kind: 'NaN', count: 1 }],
    });
  });

  it('is smoothed over all its own points, also those without a partner', () => {
    const values = [0, 8, 4, 2].map((value, step) => [step, value] as const);
    const series = cut(values, [[3, 1]], { smoothing: 0.5 });
    expect(series.last).toEqual([2]);
    expect(series.smooth[0]).toBeCloseTo((0 * 0.125 + 8 * 0.25 + 4 * 0.5 + 2) / 1.875, 12);
  });

  it.each([1, 2, 3, 4, 5])('keeps the extremes of both, first and last, in few entries (walk %i)', (seed) => {
    const random = new Random(seed);
    let [x, y] = [0, 0];
    const walk = Array.from({ length: 50_000 }, (_, step) => {
      x += random.normal();
      y += random.normal();
      return { step, x, y: step === 31_234 ? 1e6 : y };
    });
    const series = cut(
      walk.map((point) => [point.step, point.y] as const),
      walk.map((point) => [point.step, point.x] as const),
      { buckets: 300 },
    );
    expect(series.x.length).toBeLessThanOrEqual(600);
    expect([Math.max(...series.x), Math.min(...series.x)]).toEqual([
      Math.max(...walk.map((point) => point.x)),
      Math.min(...walk.map((point) => point.x)),
    ]);
    expect(series.joined?.steps[series.last.indexOf(1e6)]).toBe(31_234);
    expect(Math.min(...series.last)).toBe(Math.min(...walk.map((point) => point.y)));
    const steps = series.joined?.steps ?? [];
    expect([steps[0], steps.at(-1)]).toEqual([0, 49_999]);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(series.count.reduce((sum, each) => sum + each, 0)).toBe(50_000);
  });

  it('cuts a part finer, with the points at which the path enters and leaves, and no line that it did not take', () => {
    const along = [0, 5, 20, 30, 20, 6, 0, -5, 4, 30].map((value, step) => [step, value] as const);
    const values = along.map(([step]) => [step, step] as const);
    const series = cut(values, along, { from: 4, to: 10 });
    // 20 → 30 → 20 stays out of sight; −5 → 4 → 30 goes through.
    expect(series.joined?.steps).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
    expect(series.points).toBe(3);
    const across = cut(
      [
        [0, 1],
        [1, 2],
      ],
      [
        [0, 0],
        [1, 100],
      ],
      { from: 40, to: 60 },
    );
    expect(across).toMatchObject({ x: [0, 100], points: 0 });
  });

  it('is empty without the other metric', () => {
    expect(cut([[0, 1]], [])).toMatchObject({ x: [], points: 0, joined: { unpaired: 1 } });
  });
});
