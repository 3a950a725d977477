// Reads the points that a chart is cut from. Runs on a reader thread when there are many.
import type { Database } from '../../../../platform/sqlite/database';
import type { BucketSeries } from '../../../../protocol/series';
import { PointBlock, type PointKey } from '../../store/points/point-block';
import { storedPoints } from '../../store/points/stored-points';
import { bucketPoints, type Cut, emptySeries } from '../curves/bucket';
import { cutGroup, type GroupCut } from '../curves/group-cut';
import { joinMetrics } from '../curves/metric-join';
import { cutPath } from '../curves/path-cut';
import { type PlacedPoints, placesOn } from '../curves/placed-points';
import { smoothingOf } from '../curves/smoothing';
import { CachedSeries, PointCache } from '../point-cache';
import { rowOfRun } from './metric-list';

interface Asked {
  keys: readonly string[];
  /** The metric on the axis, where the axis is one. */
  along?: string | undefined;
}

/** Which metrics of which run, and how to cut them; `from` and `to` in units of the axis. */
export interface BucketRequest extends Asked, Omit<Cut, 'start'> {
  runId: string;
}

/** The same for several runs as one curve each metric. */
export interface GroupRequest extends Asked, Omit<Cut, 'start'>, GroupCut {
  runIds: readonly string[];
}

interface SeriesRow {
  series: number;
  count: number;
}

/**
 * Points kept per connection: 48 MB on a reader thread, which is gone when idle, but 288 MB while somebody looks at one
 * series that is so long, for it takes ten seconds to read; 2 MB on the engine's own.
 */
const [mostOnReader, longestOnReader] = [2_000_000, 12_000_000];
const mostOnWriter = 100_000;
const caches = new WeakMap<Database, PointCache>();

/** How many points the asked metrics have in all: what a cut will cost. Throws SlipwayError `not-found`. */
export function pointCount(
  database: Database,
  { runIds, keys, along = '' }: Asked & { runIds: readonly string[] },
): number {
  const count = database.prepare<[number, string], { points: number | null }>(
    'SELECT sum(count) AS points FROM metric_series WHERE run = ? AND key IN (SELECT value FROM json_each(?))',
  );
  const wanted = JSON.stringify(along === '' ? keys : [...keys, along]);
  return runIds.reduce((sum, runId) => sum + (count.get(rowOfRun(database, runId), wanted)?.points ?? 0), 0);
}

/** The buckets of each asked metric, in the order asked; a metric without points is empty. Throws `not-found`. */
export function bucketMetrics(database: Database, query: BucketRequest): BucketSeries[] {
  // One snapshot for the counts and the points they speak of.
  return database.transaction(() => {
    const run = openRun(database, query.runId);
    return query.keys.map((key) => {
      const points = run.points(key);
      if (points === undefined) return emptySeries(key);
      if (query.axis !== 'metric') return bucketPoints(key, points, { ...query, start: run.start });
      return cutPath(key, joinMetrics(points, run.points(query.along ?? '') ?? noPoints, query), query);
    });
  })();
}

/** One curve for each asked metric, of all these runs; those that have not logged it are no members. Throws `not-found`. */
export function groupMetrics(database: Database, query: GroupRequest): BucketSeries[] {
  return database.transaction(() => {
    const runs = query.runIds.map((runId) => openRun(database, runId));
    return query.keys.map((key) => {
      const members = runs.flatMap((run) => placedPoints(run, key, query) ?? []);
      return cutGroup(key, members, query);
    });
  })();
}

const noPoints = new CachedSeries('');

interface OpenRun {
  /** In epoch milliseconds. */
  start: number;
  /** The points of a metric; undefined where the run has none. */
  points(key: string): CachedSeries | undefined;
}

function openRun(database: Database, runId: string): OpenRun {
  const run = rowOfRun(database, runId);
  const start = database
    .prepare<[number], { start: number }>('SELECT start_time AS start FROM runs WHERE run = ?')
    .get(run);
  const series = database.prepare<[number, string], SeriesRow>(
    'SELECT series, count FROM metric_series WHERE run = ? AND key = ?',
  );
  return {
    start: start?.start ?? 0,
    points: (key) => {
      const row = series.get(run, key);
      return row === undefined ? undefined : loadPoints(database, row, `${runId}/${key}`);
    },
  };
}

function placedPoints(run: OpenRun, key: string, query: GroupRequest): PlacedPoints | undefined {
  const points = run.points(key);
  if (points === undefined) return undefined;
  if (query.axis === 'metric') return joinMetrics(points, run.points(query.along ?? '') ?? noPoints, query);
  return {
    place: placesOn(query.axis, points, run.start),
    value: points.value,
    smooth: smoothingOf(points, query),
  };
}

function loadPoints(database: Database, row: SeriesRow, identity: string): CachedSeries {
  const cache = caches.get(database) ?? newCache(database);
  caches.set(database, cache);
  const known = cache.get(row.series, identity);
  if (known !== undefined && known.length <= row.count) {
    if (known.length < row.count) appendPoints(database, row.series, known);
    // Fewer or more than counted: points came in between the old ones, so all are read again.
    if (known.length === row.count) {
      cache.keep(row.series, known);
      return known;
    }
  }
  const points = new CachedSeries(identity);
  appendPoints(database, row.series, points);
  cache.keep(row.series, points);
  return points;
}

function newCache({ readonly }: Database): PointCache {
  return readonly ? new PointCache(mostOnReader, longestOnReader) : new PointCache(mostOnWriter);
}

/** Reads what sorts behind the last point of `points`, in the order of the series. */
function appendPoints(database: Database, series: number, points: CachedSeries): void {
  for (const block of storedPoints(database, series, keyOfLast(points))) points.append(block);
}

/** The key of the last point; undefined when there is none. */
function keyOfLast({ length, step, time, value }: CachedSeries): PointKey | undefined {
  if (length === 0) return undefined;
  const last = length - 1;
  return new PointBlock(step, time, value).key(last);
}
