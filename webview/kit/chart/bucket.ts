// Questions about one bucketed curve.

import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { lineOf, type Range } from './curve';

/** Index of the bucket nearest to `x`, of equally near ones of a path the last; -1 when there is none. */
export function nearestBucket({ x: places, joined }: BucketSeries, x: number): number {
  return joined === null ? nearestInOrder(places, x) : nearestOnPath(places, x);
}

function nearestOnPath(places: readonly number[], x: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < places.length; index++) {
    const distance = Math.abs((places[index] ?? 0) - x);
    if (distance > least) continue;
    least = distance;
    nearest = index;
  }
  return nearest;
}

function nearestInOrder(places: readonly number[], x: number): number {
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

/** The places of a curve in ascending order, each once: what keys go along. */
export function placesOf({ x, joined }: BucketSeries): readonly number[] {
  return joined === null ? x : [...new Set(x)].sort((a, b) => a - b);
}

/** First and last place of several curves, marks included; undefined when there is no point at all. */
export function extent(all: readonly BucketSeries[]): Range | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { x, minX, maxX, marks, joined } of all) {
    for (const places of [x, minX, maxX, marks.map((mark) => mark.x)]) {
      // A path may turn back anywhere; all else is in order.
      const ends = joined === null ? [places[0], places[places.length - 1]] : places;
      for (const place of ends) {
        from = Math.min(from, place ?? from);
        to = Math.max(to, place ?? to);
      }
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
  const edge = (values: readonly (number | null)[]): (number | null)[] => kept.map((index) => values[index] ?? null);
  const { joined, group } = series;
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
    joined: joined && { ...joined, steps: pick(joined.steps) },
    group: group && { ...group, runs: pick(group.runs), low: edge(group.low), high: edge(group.high) },
  };
}

function isInside(x: number, { from, to }: Range): boolean {
  return x >= from && x <= to;
}

/**
 * A place on a curve, the value of its strong line there, and what the points of that bucket, or the band of a group, lie
 * between. `step`: of a path. `runs`: of a group, how many there are here.
 */
export interface Reading {
  x: number;
  y: number;
  low: number;
  high: number;
  step: number | undefined;
  runs: number | undefined;
}

/** What the crosshair reads: the best point where it rests on this very curve's best, else the nearest bucket. */
export function readAt(
  series: BucketSeries,
  place: { x: number; isRest: boolean },
  direction: MetricDirection,
): Reading | undefined {
  const best = place.isRest && series.smooth.length === 0 ? bestPoint(series, direction) : undefined;
  const { joined, group } = series;
  if (best !== undefined && best.x === place.x && joined === null && group === null) {
    return { ...best, low: best.y, high: best.y, step: undefined, runs: undefined };
  }
  const index = nearestBucket(series, place.x);
  const [x, y] = [series.x[index], lineOf(series)[index]];
  if (x === undefined || y === undefined) return undefined;
  const [low, high] = group === null ? [series.min[index], series.max[index]] : [group.low[index], group.high[index]];
  return { x, y, low: low ?? y, high: high ?? y, step: joined?.steps[index], runs: group?.runs[index] };
}

/** Values that are not numbers, in words: `2 NaN, 1 Infinity`; empty when there are none. */
export function marksText(all: readonly BucketSeries[]): string {
  const counts = new Map<string, number>();
  for (const { marks } of all) {
    for (const { kind, count } of marks) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return [...counts].map(([kind, count]) => `${count.toLocaleString('en-US')} ${kind.replace('-', '−')}`).join(', ');
}
