// A metric over an axis, cut by the engine into as many buckets as a chart can show.
import * as z from 'zod';
import type { WireInteger, WireNumber } from './number';
import { nonFinite } from './wire-number';

/** `relative`: seconds since the run's start. `wall`: epoch milliseconds. `metric`: the values of another metric of the run. */
export const chartAxis = z.enum(['step', 'relative', 'wall', 'metric']);
export type ChartAxis = z.infer<typeof chartAxis>;

/** How an axis is divided; a logarithmic one has no place for zero and below. */
export const axisScale = z.enum(['linear', 'log']);
export type AxisScale = z.infer<typeof axisScale>;

/**
 * Which part of which metrics to cut, and into how many buckets at most. `from` and `to` are in axis units. `along` is
 * the metric on the axis, where the axis is one. `smoothing` is the weight of the past in a debiased exponential moving
 * average over all finite points; 0 is none. `sigma` is the standard deviation, in points, of a Gaussian kernel over all
 * finite points, instead of that average; 0 is none.
 */
const cut = z.object({
  keys: z.array(z.string()).min(1).max(50),
  axis: chartAxis,
  along: z.string().default(''),
  from: z.number().optional(),
  to: z.number().optional(),
  buckets: z.number().int().min(10).max(4000),
  scale: axisScale.default('linear'),
  smoothing: z.number().min(0).max(0.9999).default(0),
  sigma: z.number().min(0).max(10_000).default(0),
});

/** The metrics of one run. */
export const bucketQuery = cut.extend({ runId: z.string() });

/** What stands for the runs of a group, and what the band around it is. */
export const groupCentre = z.enum(['mean', 'median']);
export type GroupCentre = z.infer<typeof groupCentre>;

/**
 * `sd`: one standard deviation (n − 1) to either side. `ci`: the 95 % interval of the mean by Student's t, which
 * belongs to the mean alone. `quartiles`: the middle half, by linear interpolation. `range`: the least and greatest of
 * all points of all runs.
 */
export const groupSpread = z.enum(['sd', 'ci', 'quartiles', 'range']);
export type GroupSpread = z.infer<typeof groupSpread>;

/** The metrics of many curves at once: each of one run, or of the runs of a group, which then are summed up. */
export const curvesQuery = cut.extend({
  curves: z.array(z.array(z.string()).min(1).max(200)).min(1).max(200),
  group: z.object({ centre: groupCentre, spread: groupSpread }).nullable(),
});

/**
 * What a curve has where it stands for several runs, one entry a bucket. `runs` is how many of the `members` have a
 * value there, and only those are counted: none is carried on beyond its end. `low` and `high` are the band; null where
 * it cannot be known.
 */
const groupedRuns = z.object({
  members: z.number().int(),
  runs: z.array(z.number().int()),
  low: z.array(z.number().nullable()),
  high: z.array(z.number().nullable()),
});

/**
 * What a curve has where another metric is the axis: the step of each entry, how many points have no partner at their
 * step, and how many have one that is no number.
 */
const joinedMetrics = z.object({
  steps: z.array(z.number()),
  unpaired: z.number().int(),
  notFinite: z.number().int(),
});

/**
 * Parallel arrays, one entry per non-empty bucket, in axis order. `x` is the place of `last`; `minX` and `maxX` are
 * where the extremes really lie, so that a spike is neither lost nor moved. Bucket borders are multiples of a power
 * of two (of ten for fractions), so a live curve does not change where no new point has come. On a logarithmic axis
 * `bucketWidth` is the factor from one border to the next instead.
 * Points that are NaN or infinite stand apart in `marks`. `smooth` is the smoothed value at the point of `last`; empty
 * without smoothing. `nonPositive` counts finite values of zero and below; `leftOut` counts points whose place has no
 * logarithm.
 * Over another metric (`joined`) the entries are points, in the order of their steps, `count` the points since the entry
 * before. Of several runs (`group`) `last` and `smooth` are their mean or median, `min` and `max` the extremes of all.
 */
export const bucketSeries = z.object({
  key: z.string(),
  points: z.number().int(),
  bucketWidth: z.number(),
  x: z.array(z.number()),
  last: z.array(z.number()),
  min: z.array(z.number()),
  minX: z.array(z.number()),
  max: z.array(z.number()),
  maxX: z.array(z.number()),
  count: z.array(z.number().int()),
  smooth: z.array(z.number()),
  nonPositive: z.number().int(),
  leftOut: z.number().int(),
  marks: z.array(z.object({ x: z.number(), kind: nonFinite, count: z.number().int() })),
  joined: joinedMetrics.nullable(),
  group: groupedRuns.nullable(),
});
export type BucketSeries = z.infer<typeof bucketSeries>;

/** One logged point, unabridged. */
export interface MetricPoint {
  step: WireInteger;
  time: number;
  value: WireNumber;
}
