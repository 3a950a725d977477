// Questions about one bucketed curve.

import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { lineOf, type Range } from './curve';

/** Index of the bucket nearest to `x`; -1 when there is none. */
export function nearestBucket(series: BucketSeries, x: number): number {
  const places = series.x;
  let low = 0;
  let high = places.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const before = places[low - 1];
  const here = places[low] ?? 0;
  return before !== undefined && x - before < here - x ? low - 1 : low;
}

/** Where and how good the best finite value is, by the metric's direction; undefined without one. */
export function bestPoint(series: BucketSeries, direction: MetricDirection): { x: number; y: number } | undefined {
  if (direction === 'none') return undefined;
  const values = direction === 'up' ? series.max : series.min;
  const places = direction === 'up' ? series.maxX : series.minX;
  let best = -1;
  for (const [index, value] of values.entries()) {
    const standing = values[best];
    if (standing === undefined || (direction === 'up' ? value > standing : value < standing)) best = index;
  }
  const [x, y] = [places[best], values[best]];
  return x === undefined || y === undefined ? undefined : { x, y };
}

/** First and last place of several curves, marks included; undefined when there is no point at all. */
export function extent(all: readonly BucketSeries[]): Range | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { x, minX, maxX, marks } of all) {
    for (const places of [x, minX, maxX, marks.map((mark) => mark.x)]) {
      from = Math.min(from, places[0] ?? from);
      to = Math.max(to, places[places.length - 1] ?? to);
    }
  }
  return from <= to ? { from, to } : undefined;
}

/** What of a curve lies between two places: what is told of it, while what is drawn goes on to the plot's edges. */
export function inSight(series: BucketSeries, range: Range | null): BucketSeries {
  if (range === null) return series;
  const kept = [...series.x.keys()].filter((index) => isInside(series.x[index] ?? 0, range));
  if (kept.length === series.x.length && series.marks.every(({ x }) => isInside(x, range))) return series;
  const pick = (values: readonly number[]): number[] =>
    values.length === 0 ? [] : kept.map((index) => values[index] ?? 0);
  const marks = series.marks.filter(({ x }) => isInside(x, range));
  const count = pick(series.count);
  return {
    ...series,
    points: [...count, ...marks.map((mark) => mark.count)].reduce((sum, each) => sum + each, 0),
    x: pick(series.x),
    last: pick(series.last),
    min: pick(series.min),
    minX: pick(series.minX),
    max: pick(series.max),
    maxX: pick(series.maxX),
    smooth: pick(series.smooth),
    count,
    marks,
  };
}

function isInside(x: number, { from, to }: Range): boolean {
  return x >= from && x <= to;
}

/** A place on a curve, the value of its strong line there, and what the points of that bucket lie between. */
export interface Reading {
  x: number;
  y: number;
  low: number;
  high: number;
}

/** What the crosshair reads: the best point where it rests on this very curve's best, else the nearest bucket. */
export function readAt(
  series: BucketSeries,
  place: { x: number; isRest: boolean },
  direction: MetricDirection,
): Reading | undefined {
  const best = place.isRest && series.smooth.length === 0 ? bestPoint(series, direction) : undefined;
  if (best !== undefined && best.x === place.x) return { ...best, low: best.y, high: best.y };
  const index = nearestBucket(series, place.x);
  const [x, y] = [series.x[index], lineOf(series)[index]];
  if (x === undefined || y === undefined) return undefined;
  return { x, y, low: series.min[index] ?? y, high: series.max[index] ?? y };
}

/** Values that are not numbers, in words: `2 NaN, 1 Infinity`; empty when there are none. */
export function marksText(all: readonly BucketSeries[]): string {
  const counts = new Map<string, number>();
  for (const { marks } of all) {
    for (const { kind, count } of marks) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return [...counts].map(([kind, count]) => `${count.toLocaleString('en-US')} ${kind.replace('-', '−')}`).join(', ');
}
