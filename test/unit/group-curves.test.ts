// Several runs as one curve: what a mean with a band must never get wrong, tried on random runs.
import { describe, expect, it } from 'vitest';
import { bucketPoints } from '../../src/lifecycle/runs/reading/curves/bucket';
import { cutGroup, type GroupCut } from '../../src/lifecycle/runs/reading/curves/group-cut';
import { joinMetrics } from '../../src/lifecycle/runs/reading/curves/metric-join';
import { type PlacedPoints, type PointColumns, placesOn } from '../../src/lifecycle/runs/reading/curves/placed-points';
import { type SmoothingRule, smoothingOf } from '../../src/lifecycle/runs/reading/curves/smoothing';
import { Random } from '../../src/statistics/random';

type Logged = readonly [step: number, value: number, time?: number];

const byStep: GroupCut = { axis: 'step', buckets: 4000, centre: 'mean', spread: 'sd' };

function columns(points: readonly Logged[]): PointColumns {
  return {
    length: points.length,
    step: Float64Array.from(points, ([step]) => step),
    time: Float64Array.from(points, ([step, , time]) => time ?? step * 1000),
    value: Float64Array.from(points, ([, value]) => value),
  };
}

function placed(points: readonly Logged[], cut: GroupCut & SmoothingRule, start = 0): PlacedPoints {
  const own = columns(points);
  return { place: placesOn(cut.axis, own, start), value: own.value, smooth: smoothingOf(own, cut) };
}

function group(runs: readonly (readonly Logged[])[], rule: Partial<GroupCut & SmoothingRule> = {}) {
  const cut = { ...byStep, ...rule };
  const series = cutGroup(
    'loss',
    runs.map((run) => placed(run, cut)),
    cut,
  );
  const told = series.group;
  if (told === null) throw new Error('A group tells what it is of.');
  return { ...series, group: told };
}

const line = (length: number, value: (step: number) => number, stride = 1): Logged[] =>
  Array.from({ length }, (_, index) => [index * stride, value(index * stride)]);

/** Runs with noise, gaps, values that are no numbers, and ends of their own. */
function randomRuns(seed: number): Logged[][] {
  const random = new Random(seed);
  return Array.from({ length: 2 + random.below(6) }, () => {
    const length = 20 + random.below(400);
    return line(length, (step) => {
      if (random.uniform() < 0.02) return [Number.NaN, Infinity, -Infinity][random.below(3)] ?? 0;
      return random.normal() * 10 ** (random.below(7) - 3) + step / 100;
    });
  });
}

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
const spreads = ['sd', 'ci', 'quartiles', 'range'] as const;
const centres = ['mean', 'median'] as const;

describe('a group of runs', () => {
  it.each(seeds)('that are the same is the curve of one of them, with a band of no width (runs %i)', (seed) => {
    const [run = []] = randomRuns(seed);
    for (const rule of [
      {},
      { smoothing: 0.9 },
      { sigma: 3 },
      { buckets: 50 },
      { scale: 'log', buckets: 40 },
    ] as const) {
      for (const centre of centres) {
        const cut = { ...byStep, ...rule, centre, spread: centre === 'mean' ? 'sd' : 'quartiles' } as const;
        const many = group([run, run, run], cut);
        const one = bucketPoints('loss', columns(run), { ...cut, start: 0 });
        const { x, last, min, minX, max, maxX, bucketWidth } = many;
        expect({ x, last, min, minX, max, maxX, bucketWidth }).toEqual({
          ...{ x: one.x, last: one.last, min: one.min, minX: one.minX, max: one.max, maxX: one.maxX },
          bucketWidth: one.bucketWidth,
        });
        expect(many.smooth).toEqual(one.smooth);
        const drawn = one.smooth.length > 0 ? one.smooth : one.last;
        expect(many.group.low).toEqual(drawn);
        expect(many.group.high).toEqual(drawn);
        expect(many.count).toEqual(one.count.map((count) => count * 3));
      }
    }
  });

  it.each(seeds)('lies between its least and greatest, and within its band (runs %i)', (seed) => {
    for (const centre of centres) {
      for (const spread of spreads) {
        for (const buckets of [4000, 30]) {
          const { last, min, max, group: told } = group(randomRuns(seed), { centre, spread, buckets });
          for (const [index, value] of last.entries()) {
            expect(value).toBeGreaterThanOrEqual(min[index] ?? Number.NaN);
            expect(value).toBeLessThanOrEqual(max[index] ?? Number.NaN);
            const [low, high] = [told.low[index] ?? null, told.high[index] ?? null];
            if (low === null || high === null) expect(told.runs[index]).toBe(1);
            else expect(low).toBeLessThanOrEqual(high);
            // The middle half of skewed runs need not hold their mean.
            if (low === null || high === null || (centre === 'mean') === (spread === 'quartiles')) continue;
            if (centre === 'median' && spread !== 'range') continue;
            expect(value).toBeGreaterThanOrEqual(low);
            expect(value).toBeLessThanOrEqual(high);
          }
        }
      }
    }
  });

  it.each(seeds)('is the same in whatever order its runs come (runs %i)', (seed) => {
    const runs = randomRuns(seed);
    for (const rule of [{}, { smoothing: 0.8 }, { centre: 'median', spread: 'quartiles', buckets: 30 }] as const) {
      expect(group(runs.toReversed(), rule)).toEqual(group(runs, rule));
    }
  });

  it.each(seeds)('has the greatest and least of all its members, and loses no point (runs %i)', (seed) => {
    const runs = randomRuns(seed);
    const finite = runs.flat().filter(([, value]) => Number.isFinite(value));
    const values = finite.map(([, value]) => value);
    const { min, max, count, marks, points } = group(runs, { buckets: 40 });
    expect(Math.max(...max)).toBe(Math.max(...values));
    expect(Math.min(...min)).toBe(Math.min(...values));
    expect(count.reduce((sum, each) => sum + each, 0)).toBe(finite.length);
    const marked = marks.reduce((sum, each) => sum + each.count, 0);
    expect(marked).toBe(runs.flat().length - finite.length);
    expect(points).toBe(runs.flat().length);
  });

  it('is the mean of each step with its standard deviation, and the interval of that mean by Student’s t', () => {
    const runs = [line(3, () => 1), line(3, () => 2), line(3, () => 6)];
    const sd = Math.sqrt(7);
    expect(group(runs)).toMatchObject({ last: [3, 3, 3], group: { runs: [3, 3, 3] } });
    expect(group(runs).group.low[0]).toBeCloseTo(3 - sd, 12);
    // t(0.975, 2) = 4.302652729911275, as scipy.stats.t.ppf says.
    expect(group(runs, { spread: 'ci' }).group.high[1]).toBeCloseTo(3 + (4.302652729911275 * sd) / Math.sqrt(3), 9);
    const median = group(runs, { centre: 'median', spread: 'quartiles' });
    expect(median).toMatchObject({ last: [2, 2, 2], group: { low: [1.5, 1.5, 1.5], high: [4, 4, 4] } });
  });

  it('loses a run where that ends: it is not carried on, and n says so', () => {
    const { x, last, group: told } = group([line(10, () => 1), line(5, () => 3)]);
    expect(x).toHaveLength(10);
    expect(last).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 1, 1]);
    expect(told.runs).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 1, 1]);
    expect(told.members).toBe(2);
    expect(told.low.slice(5)).toEqual([null, null, null, null, null]);
  });

  it('leaves out what is no number, where it is, and counts it', () => {
    const gap = line(6, (step) => (step === 2 ? Number.NaN : step === 3 ? Infinity : 5));
    const { last, group: told, marks } = group([line(6, () => 1), gap]);
    expect(last).toEqual([3, 3, 1, 1, 3, 3]);
    expect(told.runs).toEqual([2, 2, 1, 1, 2, 2]);
    expect(marks).toEqual([
      { x: 2, kind: 'NaN', count: 1 },
      { x: 3, kind: 'Infinity', count: 1 },
    ]);
    const none = group([line(3, () => Number.NaN), line(3, () => Number.NaN)]);
    expect(none).toMatchObject({ x: [], last: [], points: 6, group: { runs: [], members: 2 } });
  });

  it('smooths each run over all its points before they are averaged, and the same at every zoom', () => {
    const runs = [line(200, (step) => Math.sin(step)), line(200, (step) => step / 50), line(120, () => 4)];
    for (const rule of [{ smoothing: 0.9 }, { sigma: 7 }]) {
      const smooth = runs.map((run) => smoothingOf(columns(run), rule));
      const whole = group(runs, rule);
      for (const [index, x] of whole.x.entries()) {
        const there = runs.flatMap((run, at) => (x < run.length ? [smooth[at]?.(x) ?? Number.NaN] : []));
        expect(whole.smooth[index]).toBeCloseTo(there.reduce((sum, each) => sum + each, 0) / there.length, 12);
      }
      const part = group(runs, { ...rule, from: 50, to: 80 });
      expect(part.smooth).toEqual(whole.smooth.slice(50, 81));
      expect(part.last).toEqual(whole.last.slice(50, 81));
    }
  });

  it('keeps a spike of one point of one run in its extremes at every zoom, at its own step', () => {
    const runs = [
      line(100_000, (step) => (step === 76_543 ? 1e6 : 1)),
      line(100_000, () => 1),
      line(100_000, (step) => (step === 5 ? -1e6 : 1)),
    ];
    for (const [from, to] of [
      [0, 99_999],
      [60_000, 90_000],
      [76_000, 77_000],
      [76_540, 76_550],
    ]) {
      const cut = group(runs, { buckets: 500, spread: 'range', from, to, smoothing: 0.99 });
      const at = cut.max.indexOf(1e6);
      expect(cut.maxX[at]).toBe(76_543);
      expect(cut.group.high[at]).toBe(1e6);
    }
    expect(group(runs, { buckets: 500 }).minX[0]).toBe(5);
  });

  it('does not take turns between runs that log at steps of their own', () => {
    const runs = [line(100, () => 0, 10), line(143, () => 7, 7)];
    const { last, group: told, bucketWidth, x } = group(runs);
    expect(bucketWidth).toBe(16);
    expect(new Set(told.runs.slice(0, -1))).toEqual(new Set([2]));
    expect(new Set(last.slice(0, -1))).toEqual(new Set([3.5]));
    expect(x.length).toBeGreaterThan(50);
    // Those that log at the same steps stay as fine as they are, also where one ends early.
    expect(group([line(100, () => 0, 10), line(40, () => 1, 10)]).x).toHaveLength(100);
  });

  it('goes by the clock of each run, whose points never fall together', () => {
    const random = new Random(7);
    const run = (value: number): Logged[] =>
      Array.from({ length: 300 }, (_, step) => [step, value, step * 1000 + random.below(400)]);
    const { last, group: told } = group([run(1), run(3)], { axis: 'relative' });
    const whole = told.runs.filter((runs) => runs === 2).length;
    expect(whole / told.runs.length).toBeGreaterThan(0.95);
    expect(last.filter((value) => value === 2).length).toBe(whole);
  });

  it('counts a run with its last value where another metric is the axis', () => {
    const join = (values: Logged[], places: Logged[]) => joinMetrics(columns(values), columns(places), {});
    const cut: GroupCut = { ...byStep, axis: 'metric', buckets: 10 };
    const series = cutGroup(
      'loss',
      [
        join(
          [
            [0, 5],
            [1, 4],
            [2, 3],
          ],
          [
            [0, 0.5],
            [1, 1],
            [2, 0.5],
          ],
        ),
        join(
          [
            [0, 7],
            [1, 6],
          ],
          [
            [0, 0.5],
            [1, 1],
          ],
        ),
      ],
      cut,
    );
    expect(series).toMatchObject({ x: [0.5, 1], last: [5, 5], min: [3, 4], max: [7, 6], group: { runs: [2, 2] } });
  });

  it.each(seeds)('changes nothing of what it was where its runs grow (runs %i)', (seed) => {
    const runs = randomRuns(seed).map((run) => line(400, (step) => run[step % run.length]?.[1] ?? 0));
    const before = group(
      runs.map((run) => run.slice(0, 380)),
      { buckets: 100, smoothing: 0.5 },
    );
    const after = group(runs, { buckets: 100, smoothing: 0.5 });
    expect(after.bucketWidth).toBe(before.bucketWidth);
    const whole = before.x.length - 1;
    for (const column of ['x', 'last', 'smooth', 'min', 'maxX', 'count'] as const) {
      expect(after[column].slice(0, whole)).toEqual(before[column].slice(0, whole));
    }
    expect(after.group.low.slice(0, whole)).toEqual(before.group.low.slice(0, whole));
  });

  it('stays between numbers that differ in their last digit', () => {
    const [one, other] = [0.9113834823132977, 0.9113834823132979];
    const { last } = group([one, other, other, other, other, other].map((value) => line(1, () => value)));
    expect(last[0]).toBeLessThanOrEqual(other);
  });

  it('adds the greatest numbers without leaving them', () => {
    const most = Number.MAX_VALUE;
    expect(group([line(1, () => most), line(1, () => most)]).last).toEqual([most]);
    const wide = group([line(1, () => most), line(1, () => -most)]);
    expect(wide.last).toEqual([0]);
    expect(wide.group.low).toEqual([null]);
  });
});
