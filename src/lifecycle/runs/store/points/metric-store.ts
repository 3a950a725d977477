// Points and their summaries. A summary lives in memory while its run is being written, so that a point costs part of
// one insert and no read.
import type { Database, Statement } from '../../../../platform/sqlite/database';
import type { MetricInput } from '../../batch';
import type { PointKey } from './point-block';
import { isPackWorth } from './point-packs';
import { PointWriter } from './point-writer';
import { recount } from './recount';
import { addToSummary, emptySummary, isLater, type SeriesSummary, summaryOf } from './series-summary';
import { hasPointsBehind } from './stored-points';

const mostCachedSeries = 50_000;
const pointsPerTurn = 512;

/** Writes metric points, each identity once, and keeps `metric_series` true to them. */
export class MetricStore {
  readonly #database: Database;
  readonly #writer: PointWriter;
  readonly #lastSeries: Statement<[], number>;
  readonly #insertSeries: Statement;
  readonly #updateSeries: Statement;
  readonly #series: Statement<[number, string], SeriesSummary>;
  readonly #cache = new Map<number, Map<string, SeriesSummary>>();
  #cached = 0;
  /** True when points were there that their summary did not know. */
  #isBehind = false;

  constructor(database: Database) {
    this.#database = database;
    this.#writer = new PointWriter(database);
    // The loose series too: their points are there before, or after, any row of theirs.
    this.#lastSeries = database
      .prepare<[], number>(
        `SELECT MAX(COALESCE((SELECT MAX(series) FROM metric_series), 0),
                    COALESCE((SELECT MAX(series) FROM loose_series), 0))`,
      )
      .pluck();
    this.#insertSeries = database.prepare(
      `INSERT INTO metric_series (count, last_step, last_time, last_value, last_is_nan,
         min_value, min_step, max_value, max_step, non_finite, in_order, series, run, key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    const ofRun = this.#ofRun(run);
    /** With the number of points that each had before. */
    const touched = new Map<SeriesSummary, number>();
    const created = new Set<SeriesSummary>();
    let last: number | undefined;
    for (const point of points) {
      const known = ofRun.get(point.key) ?? this.#stored(run, point.key);
      if (known === undefined) last ??= this.#lastSeries.get() ?? 0;
      const summary = known ?? emptySummary((last ?? 0) + created.size + 1, run, point.key);
      if (known === undefined) created.add(summary);
      this.#remember(ofRun, summary);
      const { count } = summary;
      if (this.#add(summary, point) && !touched.has(summary)) touched.set(summary, count);
    }
    this.#write();
    for (const [each, before] of touched) {
      if (isTurnToPack(each, before)) this.#writer.packRows(each.series);
      if (this.#isBehind) recount(this.#database, each);
      if (created.has(each)) this.#insertSeries.run(...values(each), each.run, each.key);
      else this.#updateSeries.run(...values(each));
    }
    this.#isBehind = false;
    return touched.size > 0;
  }

  /** Drops what is remembered of a run. */
  forget(run: number): void {
    this.#cached -= this.#cache.get(run)?.size ?? 0;
    this.#cache.delete(run);
    this.#writer.clear();
    this.#isBehind = false;
  }

  #write(): void {
    if (!this.#writer.write()) this.#isBehind = true;
  }

  /** False when the very same point is there already. */
  #add(summary: SeriesSummary, point: MetricInput): boolean {
    const nan = Number.isNaN(point.value) ? 1 : 0;
    const value = nan === 1 ? 0 : point.value;
    const { series } = summary;
    if (isLater(summary, point, value)) {
      this.#writer.addBehind(series, { step: point.step, time: point.time, value, nan });
    } else {
      // It may be the same as one that waits.
      this.#write();
      if (!this.#writer.addAnywhere(series, { step: point.step, time: point.time, value, nan })) return false;
    }
    addToSummary(summary, point, value, nan);
    return true;
  }

  #ofRun(run: number): Map<string, SeriesSummary> {
    if (this.#cached >= mostCachedSeries) {
      this.#cache.clear();
      this.#cached = 0;
    }
    const known = this.#cache.get(run) ?? new Map<string, SeriesSummary>();
    this.#cache.set(run, known);
    return known;
  }

  #remember(ofRun: Map<string, SeriesSummary>, summary: SeriesSummary): void {
    if (ofRun.has(summary.key)) return;
    ofRun.set(summary.key, summary);
    this.#cached += 1;
  }

  #stored(run: number, key: string): SeriesSummary | undefined {
    const row = this.#series.get(run, key);
    if (row === undefined) return undefined;
    const summary = summaryOf(row);
    if (hasPointsBehind(this.#database, summary.series, latestOf(summary))) recount(this.#database, summary);
    return summary;
  }
}

/** Once in so many points, and not for all series of a run at the same time. */
function isTurnToPack({ series, count }: SeriesSummary, before: number): boolean {
  if (isPackWorth(count - before)) return false;
  const turn = (points: number): number => Math.floor((points + series * 97) / pointsPerTurn);
  return turn(count) > turn(before);
}

function latestOf(s: SeriesSummary): PointKey {
  return { step: s.last_step, time: s.last_time, value: s.last_value, nan: s.last_is_nan };
}

function values(s: SeriesSummary): unknown[] {
  return [
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
  ];
}
