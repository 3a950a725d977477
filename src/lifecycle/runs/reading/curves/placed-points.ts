// Points of a metric with their places on a chart's axis, and which of them a part of that axis holds.
import type { AxisScale, ChartAxis } from '../../../../protocol/series';

/** A metric's points as parallel columns, ordered by step, then time, then value. Times are epoch milliseconds. */
export interface PointColumns {
  length: number;
  step: Float64Array;
  time: Float64Array;
  value: Float64Array;
}

/**
 * Points with their places, in the order of the series. Places are whole numbers (steps, milliseconds since the run's
 * start or the epoch), or values of another metric.
 */
export interface PlacedPoints {
  place: Float64Array;
  value: Float64Array;
  /** The smoothed value of a point by its index; undefined where nothing is smoothed. */
  smooth: ((index: number) => number) | undefined;
}

/** The part of an axis to cut; both ends belong to it. `above` is the end of what a logarithmic axis has no room for. */
export interface Part {
  low: number;
  high: number;
  above: number;
}

/** How many whole numbers of a place make one unit of the axis. */
export function unitOf(axis: ChartAxis): number {
  return axis === 'relative' ? 1000 : 1;
}

/** The places of points on an axis of steps or time; `start` is the run's, in epoch milliseconds. */
export function placesOn(axis: ChartAxis, points: PointColumns, start: number): Float64Array {
  if (axis === 'step') return points.step.subarray(0, points.length);
  const times = points.time.subarray(0, points.length);
  return axis === 'relative' ? times.map((time) => time - start) : times;
}

/** The part that is asked for in axis units, in those of places; of seconds to about a thousandth of a millisecond. */
export function partOf(cut: {
  axis: ChartAxis;
  from?: number | undefined;
  to?: number | undefined;
  scale?: AxisScale | undefined;
}): Part {
  const place = (at: number): number => (cut.axis === 'relative' ? Math.round(at * 1000 * 1024) / 1024 : at);
  return {
    low: cut.from === undefined ? Number.NEGATIVE_INFINITY : place(cut.from),
    high: cut.to === undefined ? Number.POSITIVE_INFINITY : place(cut.to),
    above: cut.scale === 'log' ? 0 : Number.NEGATIVE_INFINITY,
  };
}

/** First and last place within a part (first above last where there is none), and how many have no logarithm. */
export function rangeOf(places: Float64Array, { low, high, above }: Part) {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  for (let index = 0; index < places.length; index++) {
    const place = places[index] ?? 0;
    if (place < low || place > high) continue;
    if (place <= above) {
      leftOut++;
      continue;
    }
    if (place < first) first = place;
    if (place > last) last = place;
  }
  return { first, last, leftOut };
}
