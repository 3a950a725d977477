// A metric over an axis, cut by the engine into as many buckets as a chart can show.
import * as z from 'zod';
import { nonFinite, type WireInteger, type WireNumber } from './number';

/** `relative`: seconds since the run's start. `wall`: epoch milliseconds. */
export const chartAxis = z.enum(['step', 'relative', 'wall']);
export type ChartAxis = z.infer<typeof chartAxis>;

/** How an axis is divided; a logarithmic one has no place for zero and below. */
export const axisScale = z.enum(['linear', 'log']);
export type AxisScale = z.infer<typeof axisScale>;

/**
 * Which part of which metrics to cut, and into how many buckets at most. `from` and `to` are in axis units. `smoothing`
 * is the weight of the past in a debiased exponential moving average over all finite points; 0 is none.
 */
export const bucketQuery = z.object({
  runId: z.string(),
  keys: z.array(z.string()).min(1).max(50),
  axis: chartAxis,
  from: z.number().optional(),
  to: z.number().optional(),
  buckets: z.number().int().min(10).max(4000),
  scale: axisScale.default('linear'),
  smoothing: z.number().min(0).max(0.9999).default(0),
});

/**
 * Parallel arrays, one entry per non-empty bucket, in axis order. `x` is the place of `last`; `minX` and `maxX` are
 * where the extremes really lie, so that a spike is neither lost nor moved. Bucket borders are multiples of a power
 * of two (of ten for fractions), so a live curve does not change where no new point has come. On a logarithmic axis
 * `bucketWidth` is the factor from one border to the next instead.
 * Points that are NaN or infinite stand apart in `marks`. `smooth` is the moving average at the point of `last`; empty
 * without smoothing. `nonPositive` counts finite values of zero and below; `leftOut` counts points whose place has no
 * logarithm.
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
});
export type BucketSeries = z.infer<typeof bucketSeries>;

/** One logged point, unabridged. */
export interface MetricPoint {
  step: WireInteger;
  time: number;
  value: WireNumber;
}
