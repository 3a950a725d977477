// Points that are surely not there yet, written many by one statement: most of a point's cost is the statement's, not
// the row's.
import { systemCodeOf } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { pointInsert } from './point-insert';

/** One row of `metric_points`; a NaN is `value` 0 and `nan` 1. */
export interface FreshPoint {
  series: number;
  step: number | bigint;
  time: number;
  value: number;
  nan: number;
}

/** Rows of one statement, the most first. */
const sizes = [100, 10, 1];
const columns = 5;
const table = 'metric_points (series, step, time, value, is_nan)';

/** Collects points and writes them series after series. Of each series they come in their own order. */
export class FreshPoints {
  readonly #database: Database;
  #waiting: FreshPoint[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  add(point: FreshPoint): void {
    this.#waiting.push(point);
  }

  /** Writes what waits. False when some of it was there after all, and was left as it is. */
  write(): boolean {
    const points = this.#waiting.sort((a, b) => a.series - b.series);
    this.#waiting = [];
    let at = 0;
    try {
      for (const size of sizes) {
        for (; at + size <= points.length; at += size) this.#insert(points, at, size);
      }
      return true;
    } catch (error) {
      if (systemCodeOf(error)?.startsWith('SQLITE_CONSTRAINT') !== true) throw error;
      // The statement that failed has written nothing.
      for (const { series, step, time, value, nan } of points.slice(at)) {
        prepared<unknown[], unknown>(this.#database, pointInsert).run(series, step, time, value, nan);
      }
      return false;
    }
  }

  /** Drops what waits. */
  clear(): void {
    this.#waiting = [];
  }

  #insert(points: readonly FreshPoint[], from: number, size: number): void {
    const values: unknown[] = new Array(size * columns);
    let place = 0;
    for (let at = from; at < from + size; at += 1) {
      const { series, step, time, value, nan } = points[at] as FreshPoint;
      values[place] = series;
      values[place + 1] = step;
      values[place + 2] = time;
      values[place + 3] = value;
      values[place + 4] = nan;
      place += columns;
    }
    prepared<unknown[], unknown>(this.#database, insertOf(size)).run(values);
  }
}

const inserts = new Map<number, string>();

function insertOf(size: number): string {
  const known = inserts.get(size);
  if (known !== undefined) return known;
  const rows = new Array(size).fill('(?, ?, ?, ?, ?)').join(', ');
  const sql = `INSERT INTO ${table} VALUES ${rows}`;
  inserts.set(size, sql);
  return sql;
}
