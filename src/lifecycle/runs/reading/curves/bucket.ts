// Cuts a metric into as many buckets as a chart can show, without losing or moving an extreme (protocol/series.ts).
import type { AxisScale, BucketSeries, ChartAxis } from '../../../../protocol/series';
import { bucketBorders } from './bucket-borders';
import { BucketTable } from './bucket-table';
import { type PointColumns, partOf, placesOn, rangeOf, unitOf } from './placed-points';
import { type SmoothingRule, smoothingOf } from './smoothing';

/** The part to cut. `start` is the run's start in epoch milliseconds, the zero of the relative axis. */
export interface Cut extends SmoothingRule {
  axis: ChartAxis;
  start: number;
  /** In axis units: steps, seconds since the start, epoch milliseconds, or values. Both ends belong to the part. */
  from?: number | undefined;
  to?: number | undefined;
  buckets: number;
  scale?: AxisScale | undefined;
}

/**
 * The buckets of one metric over steps or time. Whole numbers are cut (steps, milliseconds), so that linear borders are
 * exact. Smoothing runs over all points, whatever part is cut.
 */
export function bucketPoints(key: string, points: PointColumns, cut: Cut): BucketSeries {
  const unit = unitOf(cut.axis);
  const place = placesOn(cut.axis, points, cut.start);
  const part = partOf(cut);
  const range = rangeOf(place, part);
  if (range.first > range.last) return { ...emptySeries(key), leftOut: range.leftOut };
  const borders = bucketBorders(range.first, range.last, { ...cut, unit });
  const table = new BucketTable(borders);
  const smooth = smoothingOf(points, cut);
  const lasts = table.take({ place, value: points.value, smooth }, part);
  const filled = table.filled();
  const ends = filled.map((bucket) => lasts[bucket] ?? -1);
  return {
    ...emptySeries(key),
    points: table.taken,
    bucketWidth: borders.width,
    leftOut: range.leftOut,
    ...table.extremes(filled, unit),
    x: ends.map((index) => (place[index] ?? 0) / unit),
    last: ends.map((index) => points.value[index] ?? 0),
    smooth: smooth === undefined ? [] : ends.map(smooth),
  };
}

/** The series of a metric that has no points in the part asked for. */
export function emptySeries(key: string): BucketSeries {
  const none = { x: [], last: [], min: [], minX: [], max: [], maxX: [], count: [], smooth: [], marks: [] };
  return { key, points: 0, bucketWidth: 1, nonPositive: 0, leftOut: 0, ...none, joined: null, group: null };
}
