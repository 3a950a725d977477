// Puts points of any series into the database, each identity once: many behind each other as packs, others as rows. Rows
// that surely are not there yet are written many by one statement, because most of a row's cost is the statement's.
import { systemCodeOf } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { PointBlock, type PointKey } from './point-block';
import { isPackWorth, lastPack, packAround, writePacks } from './point-packs';
import { deleteRows, insertRow, nextRows } from './point-rows';

interface SeriesPoint {
  series: number;
  point: PointKey;
}

/** Rows of one statement, the most first. */
const sizes = [100, 10, 1];
/** Rows that are left for a while, because a pack of them would be small. */
const leastRows = 256;
const columns = 5;

/** Collects points that are new, and writes them series after series. Of each series they come in their own order. */
export class PointWriter {
  readonly #database: Database;
  readonly #waiting = new Map<number, PointKey[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds a point that comes behind all others of its series. It is written by `write`. */
  addBehind(series: number, point: PointKey): void {
    const known = this.#waiting.get(series);
    if (known === undefined) this.#waiting.set(series, [point]);
    else known.push(point);
  }

  /** Writes a point that may be anywhere, also there already. Returns whether it is new. */
  addAnywhere(series: number, point: PointKey): boolean {
    if (packAround(this.#database, series, point)?.has(point) === true) return false;
    return insertRow(this.#database, series, point);
  }

  /** Writes what waits. False when some of it was there after all, and was left as it is. */
  write(): boolean {
    const rows: SeriesPoint[] = [];
    for (const [series, points] of this.#waiting) {
      if (isPackWorth(points.length)) writePacks(this.#database, series, PointBlock.of(points));
      else for (const point of points) rows.push({ series, point });
    }
    this.#waiting.clear();
    return this.#insertRows(rows);
  }

  /**
   * Makes packs of the rows that lie behind all packs of the series, two thousand at most; a few stay as they are. Returns
   * how many were packed.
   */
  packRows(series: number): number {
    const last = lastPack(this.#database, series);
    const rows = nextRows(this.#database, series, last?.key(last.length - 1));
    if (rows === undefined || rows.length < leastRows) return 0;
    deleteRows(this.#database, series, rows);
    writePacks(this.#database, series, rows);
    return rows.length;
  }

  /** Drops what waits. */
  clear(): void {
    this.#waiting.clear();
  }

  #insertRows(points: readonly SeriesPoint[]): boolean {
    let at = 0;
    try {
      for (const size of sizes) {
        for (; at + size <= points.length; at += size) this.#insert(points, at, size);
      }
      return true;
    } catch (error) {
      if (systemCodeOf(error)?.startsWith('SQLITE_CONSTRAINT') !== true) throw error;
      // The statement that failed has written nothing.
      return points
        .slice(at)
        .map(({ series, point }) => this.addAnywhere(series, point))
        .every(Boolean);
    }
  }

  #insert(points: readonly SeriesPoint[], from: number, size: number): void {
    const values: unknown[] = new Array(size * columns);
    let place = 0;
    for (let at = from; at < from + size; at += 1) {
      const { series, point } = points[at] as SeriesPoint;
      const { step, time, value, nan } = point;
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
  const sql = `INSERT INTO metric_points (series, step, time, value, is_nan) VALUES ${rows}`;
  inserts.set(size, sql);
  return sql;
}
