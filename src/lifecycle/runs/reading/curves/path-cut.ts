// A metric over another one: a path in the order of the steps, which may turn back, cut without losing where it went.
import type { AxisScale, BucketSeries } from '../../../../protocol/series';
import { emptySeries } from './bucket';
import { kindOf } from './bucket-table';
import type { JoinedPoints } from './metric-join';
import { type Part, partOf, rangeOf } from './placed-points';

/** The part of the axis, in its values, and about how many buckets a chart of it has. */
export interface PathRule {
  from?: number | undefined;
  to?: number | undefined;
  buckets: number;
  scale?: AxisScale | undefined;
}

/** Entries to a bucket, and how many one stretch may need: its ends and the extremes of both metrics. */
const [entriesToBucket, mostOfStretch] = [2, 6];

/**
 * The points of a path that lie in the part, with those before and behind where it enters and leaves, so that no line is
 * drawn that the path did not take. More than fit are cut into stretches of a power of two of points; of each the first
 * and last, and the extremes of both metrics stay. `points` counts those in the part. On a logarithmic axis what has no
 * place is left out and counted.
 */
export function cutPath(key: string, joined: JoinedPoints, rule: PathRule): BucketSeries {
  const part = partOf({ ...rule, axis: 'metric' });
  const { path, ...told } = pathOf(joined, { part, buckets: rule.buckets });
  const stretch = stretchFor(path.length, (rule.buckets * entriesToBucket) / mostOfStretch);
  const kept: number[] = [];
  for (let start = 0; start < path.length; start += stretch) {
    kept.push(...corners(path, { start, end: Math.min(path.length, start + stretch) }, joined));
  }
  const points = kept.map((at) => path[at] ?? 0);
  const pick = (column: Float64Array): number[] => points.map((index) => column[index] ?? 0);
  const [x, last] = [pick(joined.place), pick(joined.value)];
  return {
    ...emptySeries(key),
    ...told,
    bucketWidth: stretch,
    ...{ x, last, min: last, minX: x, max: last, maxX: x },
    count: kept.map((at, entry) => at - (kept[entry - 1] ?? -1)),
    smooth: joined.smooth === undefined ? [] : points.map(joined.smooth),
    joined: { steps: pick(joined.step), unpaired: joined.unpaired, notFinite: joined.notFinite },
  };
}

type Told = Pick<BucketSeries, 'points' | 'leftOut' | 'nonPositive' | 'marks'>;

/** The points to draw, by their index, and what is told of the part. */
function pathOf(joined: JoinedPoints, { part, buckets }: { part: Part; buckets: number }): Told & { path: number[] } {
  const { place: places, value: values } = joined;
  const { first, last, leftOut } = rangeOf(places, part);
  const cell = (last - first) / buckets || 1;
  const marks = new Map<string, BucketSeries['marks'][number]>();
  const drawable: number[] = [];
  let [points, nonPositive] = [0, 0];
  for (let index = 0; index < places.length; index++) {
    const [x, value] = [places[index] ?? 0, values[index] ?? 0];
    if (x <= part.above) continue;
    const isInside = sideOf(x, part) === 0;
    if (isInside) points++;
    if (Number.isFinite(value)) {
      if (isInside && value <= 0) nonPositive++;
      drawable.push(index);
    } else if (isInside) {
      const kind = kindOf(value);
      const name = `${kind} ${Math.floor((x - first) / cell)}`;
      const known = marks.get(name);
      marks.set(name, { x: Math.min(x, known?.x ?? x), kind, count: (known?.count ?? 0) + 1 });
    }
  }
  const told = { points, leftOut, nonPositive, marks: [...marks.values()].sort((a, b) => a.x - b.x) };
  return { path: drawable.filter((_, at) => isSeen(places, drawable, { at, part })), ...told };
}

/** Whether a point lies in the part, or at an end of a line that crosses it. */
function isSeen(places: Float64Array, path: readonly number[], { at, part }: { at: number; part: Part }): boolean {
  const side = (neighbour: number): number | undefined => {
    const index = path[neighbour];
    return index === undefined ? undefined : sideOf(places[index] ?? 0, part);
  };
  const own = side(at);
  return own === 0 || (side(at - 1) ?? own) !== own || (side(at + 1) ?? own) !== own;
}

function sideOf(place: number, { low, high }: Part): number {
  return place < low ? -1 : place > high ? 1 : 0;
}

/** A power of two of points, the smallest of which at most `most` are needed. */
function stretchFor(points: number, most: number): number {
  let stretch = 1;
  while (stretch === 1 ? points > most * mostOfStretch : Math.ceil(points / stretch) > most) stretch *= 2;
  return stretch;
}

/** Of one stretch of a path, in its order: first, last, and the extremes of place and value. */
function corners(path: readonly number[], stretch: { start: number; end: number }, joined: JoinedPoints): number[] {
  const { start, end } = stretch;
  const corner = { low: start, high: start, left: start, right: start };
  const value = (at: number): number => joined.value[path[at] ?? 0] ?? 0;
  const place = (at: number): number => joined.place[path[at] ?? 0] ?? 0;
  for (let at = start; at < end; at++) {
    if (value(at) < value(corner.low)) corner.low = at;
    if (value(at) > value(corner.high)) corner.high = at;
    if (place(at) < place(corner.left)) corner.left = at;
    if (place(at) > place(corner.right)) corner.right = at;
  }
  return [...new Set([start, ...Object.values(corner), end - 1])].sort((a, b) => a - b);
}
