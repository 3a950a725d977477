// Reads the points that a chart is cut from. Runs on a reader thread when there are many.
import type { Database } from '../../../../platform/sqlite/database';
import type { AxisScale, BucketSeries, ChartAxis } from '../../../../protocol/series';
import { PointBlock, type PointKey } from '../../store/points/point-block';
import { storedPoints } from '../../store/points/stored-points';
import { bucketPoints, emptySeries } from '../bucket';
import { CachedSeries, PointCache } from '../point-cache';
import { rowOfRun } from './metric-list';

/** Which metrics of which run, and how to cut them; `from` and `to` in units of the axis. */
export interface BucketRequest {
  runId: string;
  keys: readonly string[];
  axis: ChartAxis;
  from?: number | undefined;
  to?: number | undefined;
  buckets: number;
  scale?: AxisScale | undefined;
  smoothing?: number | undefined;
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
export function pointCount(database: Database, query: { runId: string; keys: readonly string[] }): number {
  const row = database
    .prepare<[number, string], { points: number | null }>(
      'SELECT sum(count) AS points FROM metric_series WHERE run = ? AND key IN (SELECT value FROM json_each(?))',
    )
    .get(rowOfRun(database, query.runId), JSON.stringify(query.keys));
  return row?.points ?? 0;
}

/** The buckets of each asked metric, in the order asked; a metric without points is empty. Throws `not-found`. */
export function bucketMetrics(database: Database, query: BucketRequest): BucketSeries[] {
  // One snapshot for the counts and the points they speak of.
  return database.transaction(() => {
    const run = rowOfRun(database, query.runId);
    const start = database
      .prepare<[number], { start: number }>('SELECT start_time AS start FROM runs WHERE run = ?')
      .get(run);
    return query.keys.map((key) => {
      const row = database
        .prepare<[number, string], SeriesRow>('SELECT series, count FROM metric_series WHERE run = ? AND key = ?')
        .get(run, key);
      if (row === undefined) return emptySeries(key);
      const points = loadPoints(database, row, `${query.runId}/${key}`);
      return bucketPoints(key, points, {
        axis: query.axis,
        start: start?.start ?? 0,
        from: query.from,
        to: query.to,
        buckets: query.buckets,
        scale: query.scale,
        smoothing: query.smoothing,
      });
    });
  })();
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
