// The claims of protocol/series.ts about buckets, tried on random curves: nothing lost, nothing moved, nothing jumps.
import { describe, expect, it } from 'vitest';
import { bucketPoints, type Cut } from '../../src/lifecycle/runs/reading/curves/bucket';
import type { PointColumns } from '../../src/lifecycle/runs/reading/curves/placed-points';

interface Point {
  step: number;
  time: number;
  value: number;
}

/** A generator of its own, so that a failing case can be repeated by its seed. */
function random(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 3266489909);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

function columns(points: readonly Point[]): PointColumns {
  const sorted = [...points].sort((a, b) => a.step - b.step || a.time - b.time || a.value - b.value);
  return {
    length: sorted.length,
    step: Float64Array.from(sorted, (point) => point.step),
    time: Float64Array.from(sorted, (point) => point.time),
    value: Float64Array.from(sorted, (point) => point.value),
  };
}

const start = 1_700_000_000_123;

function curve(seed: number): Point[] {
  const next = random(seed);
  const length = 1 + Math.floor(next() * 1000);
  const firstStep = Math.floor((next() - 0.5) * 10 ** (1 + Math.floor(next() * 6)));
  const stride = 1 + Math.floor(next() ** 4 * 1000);
  let time = start + Math.floor((next() - 0.1) * 5000);
  return Array.from({ length }, (_, index) => {
    time += Math.floor(next() * 10 ** Math.floor(next() * 5));
    const spike = next() < 0.002 ? 1e9 * (next() - 0.5) : 0;
    const odd = next() < 0.01 ? [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][index % 3] : undefined;
    return { step: firstStep + index * stride, time, value: odd ?? Math.sin(index / 50) + next() / 10 + spike };
  });
}

const axes = ['step', 'wall', 'relative'] as const;
const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
const place = (point: Point, axis: Cut['axis']): number =>
  axis === 'step' ? point.step : axis === 'wall' ? point.time : (point.time - start) / 1000;

describe.each(axes)('on the %s axis', (axis) => {
  it.each(seeds)('loses no point and keeps every extreme in its place (curve %i)', (seed) => {
    const points = curve(seed);
    const buckets = 10 + (seed % 7) * 50;
    const cut = bucketPoints('k', columns(points), { axis, start, buckets });
    const finite = points.filter((point) => Number.isFinite(point.value));
    const counted = cut.count.reduce((sum, each) => sum + each, 0);
    const marked = cut.marks.reduce((sum, each) => sum + each.count, 0);

    expect(cut.points).toBe(points.length);
    expect(counted).toBe(finite.length);
    expect(counted + marked).toBe(points.length);
    expect(cut.x.length).toBeLessThanOrEqual(buckets);
    expect(cut.x).toEqual([...cut.x].sort((a, b) => a - b));
    for (const [index, x] of cut.x.entries()) {
      const bucket = Math.floor(Number((x / cut.bucketWidth).toFixed(9)));
      const inside = finite.filter(
        (point) => Math.floor(Number((place(point, axis) / cut.bucketWidth).toFixed(9))) === bucket,
      );
      expect(cut.count[index]).toBe(inside.length);
      expect(cut.min[index]).toBe(Math.min(...inside.map((point) => point.value)));
      expect(cut.max[index]).toBe(Math.max(...inside.map((point) => point.value)));
      expect(cut.last[index]).toBe(inside.at(-1)?.value);
      expect(x).toBe(Math.max(...inside.map((point) => place(point, axis))));
      const highest = inside.find((point) => place(point, axis) === cut.maxX[index] && point.value === cut.max[index]);
      const lowest = inside.find((point) => place(point, axis) === cut.minX[index] && point.value === cut.min[index]);
      expect([highest, lowest]).not.toContain(undefined);
    }
  });

  it.each(seeds)('points that come later change no earlier bucket while the width stays (curve %i)', (seed) => {
    const points = curve(seed);
    const earlier = points.slice(0, Math.ceil(points.length * 0.9));
    const before = bucketPoints('k', columns(earlier), { axis, start, buckets: 100 });
    const after = bucketPoints('k', columns(points), { axis, start, buckets: 100 });
    expect(after.bucketWidth).toBeGreaterThanOrEqual(before.bucketWidth);
    if (after.bucketWidth !== before.bucketWidth) return;
    const whole = before.x.length - 1;
    for (const column of ['x', 'last', 'min', 'minX', 'max', 'maxX', 'count'] as const) {
      expect(after[column].slice(0, whole)).toEqual(before[column].slice(0, whole));
    }
  });
});

describe('buckets', () => {
  const straight = (length: number): Point[] =>
    Array.from({ length }, (_, index) => ({ step: index, time: start + index * 1000, value: 1 }));

  it('a spike of one point in 100,000 stays, at its own step', () => {
    const points = straight(100_000);
    points[12_345] = { step: 12_345, time: start + 12_345_000, value: 100 };
    const cut = bucketPoints('loss', columns(points), { axis: 'step', start, buckets: 450 });
    const at = cut.max.indexOf(100);
    expect(cut.maxX[at]).toBe(12_345);
    expect(cut.max.filter((value) => value === 100)).toHaveLength(1);
  });

  it('few points are shown as they are', () => {
    const cut = bucketPoints('k', columns(straight(10)), { axis: 'step', start, buckets: 10 });
    expect(cut).toMatchObject({ bucketWidth: 1, x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], count: Array(10).fill(1) });
  });

  it('borders are multiples of a power of two, negative steps included', () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({ step: index - 500, time: start, value: index }));
    const cut = bucketPoints('k', columns(points), { axis: 'step', start, buckets: 100 });
    expect(cut.bucketWidth).toBe(16);
    expect(cut.minX).toEqual([-500, ...Array.from({ length: 63 }, (_, index) => -496 + index * 16)]);
  });

  it('seconds since the start are cut by tens below a second', () => {
    const points = Array.from({ length: 100 }, (_, index) => ({ step: index, time: start + index * 9, value: index }));
    const cut = bucketPoints('k', columns(points), { axis: 'relative', start, buckets: 100 });
    expect(cut.bucketWidth).toBe(0.01);
    expect(cut.x.at(-1)).toBe(0.891);
  });

  it('45 points of four seconds stay 45 where there is room for a hundred', () => {
    const points = Array.from({ length: 45 }, (_, index) => ({ step: index, time: start + index * 91, value: index }));
    const cut = bucketPoints('k', columns(points), { axis: 'relative', start, buckets: 100 });
    expect(cut.bucketWidth).toBe(0.05);
    expect(cut.count).toEqual(points.map(() => 1));
  });

  it('a part is cut finer than the whole and holds only what lies in it', () => {
    const points = columns(straight(10_000));
    const whole = bucketPoints('k', points, { axis: 'step', start, buckets: 100 });
    const part = bucketPoints('k', points, { axis: 'step', start, buckets: 100, from: 500, to: 549 });
    expect(whole.bucketWidth).toBe(128);
    expect(part).toMatchObject({ bucketWidth: 1, points: 50 });
    expect(part.x[0]).toBe(500);
    expect(part.x.at(-1)).toBe(549);
  });

  it('points that are not finite stand apart and stretch the axis', () => {
    const points = columns([
      { step: 0, time: start, value: 1 },
      { step: 100, time: start, value: Number.NaN },
      { step: 101, time: start, value: Number.NaN },
      { step: 5000, time: start, value: Number.NEGATIVE_INFINITY },
    ]);
    const cut = bucketPoints('k', points, { axis: 'step', start, buckets: 10 });
    expect(cut.marks).toEqual([
      { x: 100, kind: 'NaN', count: 2 },
      { x: 5000, kind: '-Infinity', count: 1 },
    ]);
    expect(cut.points).toBe(4);
    expect(cut.max).toEqual([1]);
  });

  it('no point in the part is an empty series', () => {
    const cut = bucketPoints('k', columns(straight(10)), { axis: 'step', start, buckets: 10, from: 20 });
    expect(cut).toMatchObject({ points: 0, x: [], marks: [] });
  });

  it('the last value of a bucket is the latest in time where steps come twice', () => {
    const points = columns([
      { step: 1, time: start + 10, value: 5 },
      { step: 1, time: start + 20, value: 3 },
    ]);
    expect(bucketPoints('k', points, { axis: 'step', start, buckets: 10 }).last).toEqual([3]);
  });
});

describe('on a logarithmic axis', () => {
  it.each(seeds)('every point above zero is in its own bucket, the others are counted (curve %i)', (seed) => {
    const points = curve(seed);
    const cut = bucketPoints('k', columns(points), { axis: 'step', start, buckets: 60, scale: 'log' });
    const above = points.filter(({ step, value }) => step > 0 && Number.isFinite(value));
    expect(cut.leftOut).toBe(points.filter(({ step }) => step <= 0).length);
    expect(cut.count.reduce((sum, each) => sum + each, 0)).toBe(above.length);
    expect(cut.x.length).toBeLessThanOrEqual(60);
    for (const [index, x] of cut.x.entries()) {
      const next = cut.x[index + 1];
      if (next !== undefined) expect(next).toBeGreaterThan(x);
      const inside = above.filter(({ step }) => step <= x && step > (cut.x[index - 1] ?? 0));
      expect(cut.count[index]).toBe(inside.length);
      expect(cut.max[index]).toBe(Math.max(...inside.map(({ value }) => value)));
      expect(Math.max(...inside.map(({ step }) => step)) / Math.min(...inside.map(({ step }) => step))).toBeLessThan(
        cut.bucketWidth * (1 + 1e-9),
      );
    }
  });

  it('buckets have the same width everywhere, so that early steps are not thrown together', () => {
    const points = Array.from({ length: 10_000 }, (_, index) => ({ step: index + 1, time: start, value: index }));
    const cut = bucketPoints('k', columns(points), { axis: 'step', start, buckets: 100, scale: 'log' });
    expect(cut.x.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(cut.bucketWidth).toBeCloseTo(2 ** (1 / 4), 12);
  });

  it('values of zero and below are counted, because a logarithmic axis has no place for them', () => {
    const points = [-1, 0, 1, 2].map((value, step) => ({ step, time: start, value }));
    expect(bucketPoints('k', columns(points), { axis: 'step', start, buckets: 10 }).nonPositive).toBe(2);
  });
});
