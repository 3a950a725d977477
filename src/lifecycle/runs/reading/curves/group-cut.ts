// Several runs as one curve: at each bucket of a common grid the mean or median of those that have a value there.
import type { AxisScale, BucketSeries, ChartAxis } from '../../../../protocol/series';
import { emptySeries } from './bucket';
import { BucketTable } from './bucket-table';
import { groupBorders } from './group-grid';
import { bandOf, centreOf, type GroupRule } from './group-statistics';
import { type PlacedPoints, partOf, rangeOf, unitOf } from './placed-points';

/** The part to cut, in axis units, and how the group is summed up. */
export interface GroupCut extends GroupRule {
  axis: ChartAxis;
  from?: number | undefined;
  to?: number | undefined;
  buckets: number;
  scale?: AxisScale | undefined;
}

/**
 * One curve for the points of several runs (protocol/series.ts, `group`). In each bucket a run is told by its last
 * finite value, smoothed over all its own points where curves are smoothed; runs without one do not count there. The
 * extremes are those of every point of every run, so that a spike of one of them stays. The order of the runs changes
 * nothing, and runs that are the same make the curve of one of them.
 */
export function cutGroup(key: string, members: readonly PlacedPoints[], cut: GroupCut): BucketSeries {
  const unit = unitOf(cut.axis);
  const part = partOf(cut);
  const ranges = members.map(({ place }) => rangeOf(place, part));
  const first = Math.min(...ranges.map((range) => range.first));
  const last = Math.max(...ranges.map((range) => range.last));
  const told = { ...emptySeries(key), leftOut: ranges.reduce((sum, { leftOut }) => sum + leftOut, 0) };
  const none = { members: members.length, runs: [], low: [], high: [] };
  if (first > last) return { ...told, group: none };
  const isClock = cut.axis === 'relative' || cut.axis === 'wall';
  const places = { members: members.map(({ place }) => place), part, first, last, isClock };
  const rule = { buckets: cut.buckets, scale: cut.scale, unit, isWhole: cut.axis !== 'metric' };
  const borders = groupBorders(places, rule);
  const table = new BucketTable(borders);
  const ends = members.map((points): Ends => ({ points, lasts: table.take(points, part) }));
  const filled = table.filled();
  const extremes = table.extremes(filled, unit);
  return {
    ...told,
    points: table.taken,
    bucketWidth: borders.width,
    ...extremes,
    ...summedUp(ends, { filled, unit, rule: cut, extremes }),
  };
}

/** A run with the index of its last finite value in each bucket; -1 where it has none. */
interface Ends {
  points: PlacedPoints;
  lasts: Int32Array;
}

interface Filled {
  filled: readonly number[];
  unit: number;
  rule: GroupRule;
  extremes: Pick<BucketSeries, 'min' | 'max'>;
}

function summedUp(ends: readonly Ends[], { filled, unit, rule, extremes }: Filled) {
  const isSmooth = ends.some(({ points }) => points.smooth !== undefined);
  const { x, last, smooth, runs }: Record<'x' | 'last' | 'smooth' | 'runs', number[]> = {
    ...{ x: [], last: [], smooth: [], runs: [] },
  };
  const bands: ReturnType<typeof bandOf>[] = [];
  for (const [entry, bucket] of filled.entries()) {
    const there = ends.flatMap(({ points, lasts }) => {
      const index = lasts[bucket] ?? -1;
      return index === -1 ? [] : [{ points, index }];
    });
    const raw = ascending(there.map(({ points, index }) => points.value[index] ?? 0));
    const drawn = isSmooth ? ascending(there.map(({ points, index }) => points.smooth?.(index) ?? 0)) : raw;
    x.push(there.reduce((most, { points, index }) => Math.max(most, points.place[index] ?? 0), -Infinity) / unit);
    last.push(centreOf(raw, rule.centre));
    if (isSmooth) smooth.push(centreOf(drawn, rule.centre));
    runs.push(there.length);
    const range = { low: extremes.min[entry] ?? null, high: extremes.max[entry] ?? null };
    bands.push(rule.spread === 'range' ? range : bandOf(drawn, rule));
  }
  const [low, high] = [bands.map((band) => band.low), bands.map((band) => band.high)];
  return { x, last, smooth, group: { members: ends.length, runs, low, high } };
}

function ascending(values: number[]): number[] {
  return values.sort((a, b) => a - b);
}
