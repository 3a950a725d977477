// Points and their summaries. A summary lives in memory while its run is being written, so that a point costs one
// insert and one update and no read.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { MetricInput } from '../batch';
import { narrowed } from './exact-integer';

interface SeriesRow {
  series: number;
  count: number;
  last_step: number | bigint;
  last_time: number;
  last_value: number;
  last_is_nan: number;
  min_value: number | null;
  min_step: number | bigint | null;
  max_value: number | null;
  max_step: number | bigint | null;
  non_finite: number;
  /** 1 while every point came after the one before it, by step and by time. */
  in_order: number;
}

const mostCachedSeries = 50_000;

/** Writes metric points, each identity once, and keeps `metric_series` true to them. */
export class MetricStore {
  readonly #insertPoint: Statement;
  readonly #insertSeries: Statement;
  readonly #updateSeries: Statement;
  readonly #series: Statement<[number, string], SeriesRow>;
  readonly #cache = new Map<number, Map<string, SeriesRow>>();
  #cached = 0;

  constructor(database: Database) {
    this.#insertPoint = database.prepare(
      'INSERT OR IGNORE INTO metric_points (series, step, time, value, is_nan) VALUES (?, ?, ?, ?, ?)',
    );
    this.#insertSeries = database.prepare(
      // Above the loose series too: their points are there before, or after, any row of theirs.
      `INSERT INTO metric_series (series, run, key, count, last_step, last_time, last_value, last_is_nan, non_finite, in_order)
       VALUES (1 + MAX(COALESCE((SELECT MAX(series) FROM metric_series), 0),
                       COALESCE((SELECT MAX(series) FROM loose_series), 0)), ?, ?, 0, ?, ?, ?, ?, 0, 1)`,
    );
    this.#updateSeries = database.prepare(
      `UPDATE metric_series SET count = ?, last_step = ?, last_time = ?, last_value = ?, last_is_nan = ?,
         min_value = ?, min_step = ?, max_value = ?, max_step = ?, non_finite = ?, in_order = ? WHERE series = ?`,
    );
    this.#series = database.prepare('SELECT * FROM metric_series WHERE run = ? AND key = ?');
    this.#series.safeIntegers(true);
  }

  /**
   * Adds the points that are not there yet. Returns whether any was new. When it throws, or when the transaction
   * around it is rolled back, call `forget` for the run.
   */
  append(run: number, points: readonly MetricInput[]): boolean {
    const touched = new Set<SeriesRow>();
    for (const point of points) {
      const nan = Number.isNaN(point.value) ? 1 : 0;
      const value = nan === 1 ? 0 : point.value;
      const series = this.#find(run, point, value, nan);
      if (this.#insertPoint.run(series.series, point.step, point.time, value, nan).changes === 0) continue;
      count(series, point, value, nan);
      touched.add(series);
    }
    for (const s of touched) this.#write(s);
    return touched.size > 0;
  }

  /** Drops what is remembered of a run. */
  forget(run: number): void {
    this.#cached -= this.#cache.get(run)?.size ?? 0;
    this.#cache.delete(run);
  }

  #find(run: number, point: MetricInput, value: number, nan: number): SeriesRow {
    let ofRun = this.#cache.get(run);
    const known = ofRun?.get(point.key);
    if (known !== undefined) return known;
    if (this.#cached >= mostCachedSeries) {
      this.#cache.clear();
      this.#cached = 0;
      ofRun = undefined;
    }
    if (ofRun === undefined) {
      ofRun = new Map();
      this.#cache.set(run, ofRun);
    }
    const kept = this.#series.get(run, point.key);
    const series = kept === undefined ? this.#create(run, point, value, nan) : exact(kept);
    ofRun.set(point.key, series);
    this.#cached += 1;
    return series;
  }

  #create(run: number, point: MetricInput, value: number, nan: number): SeriesRow {
    const { lastInsertRowid } = this.#insertSeries.run(run, point.key, point.step, point.time, value, nan);
    return {
      series: Number(lastInsertRowid),
      count: 0,
      last_step: point.step,
      last_time: point.time,
      last_value: value,
      last_is_nan: nan,
      min_value: null,
      min_step: null,
      max_value: null,
      max_step: null,
      non_finite: 0,
      in_order: 1,
    };
  }

  #write(s: SeriesRow): void {
    this.#updateSeries.run(
      s.count,
      s.last_step,
      s.last_time,
      s.last_value,
      s.last_is_nan,
      s.min_value,
      s.min_step,
      s.max_value,
      s.max_step,
      s.non_finite,
      s.in_order,
      s.series,
    );
  }
}

/** Every integer of the row comes as a bigint, so that none is rounded. */
function exact(row: SeriesRow): SeriesRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, narrowed(value)]),
  ) as unknown as SeriesRow;
}

function isLater(s: SeriesRow, point: MetricInput, value: number): boolean {
  if (point.step !== s.last_step) return point.step > s.last_step;
  if (point.time !== s.last_time) return point.time > s.last_time;
  return value > s.last_value;
}

/** Adds one new point to a summary: latest by (step, time, value); extremes leave NaN out, the first of equals stays. */
function count(s: SeriesRow, point: MetricInput, value: number, nan: number): void {
  if (point.step < s.last_step || point.time < s.last_time) s.in_order = 0;
  if (s.count === 0 || isLater(s, point, value)) {
    s.last_step = point.step;
    s.last_time = point.time;
    s.last_value = value;
    s.last_is_nan = nan;
  }
  s.count += 1;
  if (!Number.isFinite(point.value)) s.non_finite += 1;
  if (nan === 1) return;
  if (s.min_value === null || value < s.min_value) {
    s.min_value = value;
    s.min_step = point.step;
  }
  if (s.max_value === null || value > s.max_value) {
    s.max_value = value;
    s.max_step = point.step;
  }
}
