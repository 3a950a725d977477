// The common buckets of several runs: fine, but not so fine that runs take turns in having a value.
import { type BorderRule, type Borders, bucketBorders } from './bucket-borders';
import type { Part } from './placed-points';

/** A run may miss so much of the buckets between its first and its last in which another has a value. */
const mostMissing = 0.05;
/** So many distances between points are looked at, evenly spread. */
const mostDistances = 1000;
/** On clocks no distance is kept to the millisecond: the buckets are as much wider. */
const clockSlack = 2;

/** Where the runs of a group have points: the places of each, in any order, and the range that they span together. */
export interface GroupPlaces {
  members: readonly Float64Array[];
  part: Part;
  first: number;
  last: number;
  /** Whether the places are times. */
  isClock: boolean;
}

/**
 * The buckets of a group. Runs that log at the same places are cut as one run is. Where they do not, so that a run would
 * come and go from bucket to bucket, buckets are at least as wide as the longest usual (median) distance between the
 * points of one of them, on a clock twice that; on a logarithmic axis and over a metric, where points have no usual
 * distance, a quarter as many are made until no run comes and goes, eight at least.
 */
export function groupBorders(places: GroupPlaces, rule: BorderRule): Borders {
  let borders = bucketBorders(places.first, places.last, rule);
  if (isShared(places, borders)) return borders;
  if (rule.scale !== 'log' && rule.isWhole !== false) {
    const distance = Math.max(...places.members.map(usualDistance)) * (places.isClock ? clockSlack : 1);
    if (!(distance > 0)) return borders;
    const buckets = Math.max(1, Math.min(rule.buckets, Math.floor((places.last - places.first) / distance) - 1));
    return bucketBorders(places.first, places.last, { ...rule, buckets });
  }
  for (let buckets = rule.buckets / 4; buckets >= 8; buckets /= 4) {
    borders = bucketBorders(places.first, places.last, { ...rule, buckets: Math.floor(buckets) });
    if (isShared(places, borders)) break;
  }
  return borders;
}

/** Whether the runs have values in the same buckets, but for where each begins and ends. */
function isShared({ members, part }: GroupPlaces, borders: Borders): boolean {
  const present = members.map((places) => presence(places, part, borders));
  const any = new Uint8Array(borders.size);
  for (const each of present) for (let bucket = 0; bucket < any.length; bucket++) any[bucket] ||= each[bucket] ?? 0;
  let [own, missing] = [0, 0];
  for (const each of present) {
    const last = each.lastIndexOf(1);
    for (let bucket = each.indexOf(1); bucket >= 0 && bucket <= last; bucket++) {
      own += any[bucket] ?? 0;
      missing += each[bucket] === 0 && any[bucket] === 1 ? 1 : 0;
    }
  }
  return missing <= own * mostMissing;
}

function presence(places: Float64Array, { low, high, above }: Part, borders: Borders): Uint8Array {
  const present = new Uint8Array(borders.size);
  for (const place of places) {
    if (place >= low && place <= high && place > above) present[borders.bucketOf(place)] = 1;
  }
  return present;
}

/** The median distance between places that follow each other, those at one place counted once; 0 for fewer than two. */
function usualDistance(places: Float64Array): number {
  const stride = Math.max(1, Math.floor(places.length / mostDistances));
  const distances: number[] = [];
  for (let index = 1; index < places.length; index += stride) {
    const distance = Math.abs((places[index] ?? 0) - (places[index - 1] ?? 0));
    if (distance > 0) distances.push(distance);
  }
  distances.sort((a, b) => a - b);
  return distances[distances.length >> 1] ?? 0;
}
