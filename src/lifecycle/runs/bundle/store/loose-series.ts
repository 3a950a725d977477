// Series that belong to no run: on their way in, or on their way out. A run of a million points comes and goes in steps of
// a few milliseconds, and nobody sees half of it.
import type { Database, Statement } from '../../../../platform/sqlite/database';
import { type Cell, sqlValue } from '../../../../workspace/bundle/part-line';
import { pointInsert } from '../../store/points/point-insert';

interface PointKey {
  step: bigint;
  time: bigint;
  value: number;
  is_nan: bigint;
}

/** So many points are taken out in one step. */
const sweptAtOnce = 500;

/** Adds and takes out points of series that are in `loose_series`. */
export class LooseSeries {
  readonly #database: Database;
  readonly #insertPoint: Statement;
  readonly #first: Statement<[string], { series: number }>;
  readonly #border: Statement<[number], PointKey>;
  readonly #under: Statement;
  /** Series of an import that goes on: they are not swept. */
  readonly #held = new Set<number>();

  constructor(database: Database) {
    this.#database = database;
    this.#insertPoint = database.prepare(pointInsert);
    this.#first = database.prepare(
      'SELECT series FROM loose_series WHERE series NOT IN (SELECT value FROM json_each(?)) LIMIT 1',
    );
    this.#border = database.prepare(
      `SELECT step, time, value, is_nan FROM metric_points WHERE series = ?
       ORDER BY step, time, value, is_nan LIMIT 1 OFFSET ${sweptAtOnce}`,
    );
    this.#border.safeIntegers(true);
    this.#under = database.prepare(
      'DELETE FROM metric_points WHERE series = ? AND (step, time, value, is_nan) < (?, ?, ?, ?)',
    );
  }

  /** Adds points (step, time, value, whether it is NaN) to a loose series and returns it; a new one when undefined. */
  add(series: number | undefined, points: readonly (readonly Cell[])[]): number {
    return this.#database
      .transaction(() => {
        const to = series ?? this.#reserve();
        for (const point of points) this.#insertPoint.run(to, ...point.map(sqlValue));
        return to;
      })
      .immediate();
  }

  /** The series has a run now; inside the transaction that gives it one. */
  settle(series: Iterable<number>): void {
    const statement = this.#database.prepare('DELETE FROM loose_series WHERE series = ?');
    for (const each of series) statement.run(each);
  }

  /** What was brought in is no longer held: what has no run by now is swept. */
  release(): void {
    this.#held.clear();
  }

  /** Takes out some of what is loose, a few milliseconds long; true while there is more. */
  sweepSome(): boolean {
    return this.#database
      .transaction(() => {
        const found = this.#first.get(JSON.stringify([...this.#held]));
        if (found === undefined) return false;
        const border = this.#border.get(found.series);
        if (border === undefined) {
          this.#database.prepare('DELETE FROM metric_points WHERE series = ?').run(found.series);
          this.#database.prepare('DELETE FROM loose_series WHERE series = ?').run(found.series);
        } else {
          this.#under.run(found.series, border.step, border.time, border.value, border.is_nan);
        }
        return true;
      })
      .immediate();
  }

  #reserve(): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO loose_series (series) SELECT 1 + MAX(
           COALESCE((SELECT MAX(series) FROM metric_series), 0), COALESCE((SELECT MAX(series) FROM loose_series), 0))`,
      )
      .run();
    this.#held.add(Number(lastInsertRowid));
    return Number(lastInsertRowid);
  }
}
