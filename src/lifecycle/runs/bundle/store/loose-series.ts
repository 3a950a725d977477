// Series that belong to no run: on their way in, or on their way out. A run of a million points comes and goes in steps of
// a few milliseconds, and nobody sees half of it.
import type { Database, Statement } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { type Cell, sqlValue } from '../../../../workspace/bundle/part-line';
import { narrowed } from '../../store/exact-integer';
import { comparePoints, type PointKey } from '../../store/points/point-block';
import { PointWriter } from '../../store/points/point-writer';

/** So many rows, or packs, are taken out in one step. */
const sweptAtOnce = { rows: 500, packs: 20 };

/** Adds and takes out points of series that are in `loose_series`. */
export class LooseSeries {
  readonly #database: Database;
  readonly #writer: PointWriter;
  readonly #first: Statement<[string], { series: number }>;
  readonly #somePacks: Statement;
  readonly #border: Statement<[number], Border>;
  readonly #under: Statement;
  /** Series of an import that goes on, each with its latest point: they are not swept. */
  readonly #held = new Map<number, PointKey | undefined>();

  constructor(database: Database) {
    this.#database = database;
    this.#writer = new PointWriter(database);
    this.#first = database.prepare(
      'SELECT series FROM loose_series WHERE series NOT IN (SELECT value FROM json_each(?)) LIMIT 1',
    );
    this.#somePacks = database.prepare(
      `DELETE FROM metric_packs WHERE pack IN (SELECT pack FROM metric_packs WHERE series = ? LIMIT ${sweptAtOnce.packs})`,
    );
    this.#border = database.prepare(
      `SELECT step, time, value, is_nan FROM metric_points WHERE series = ?
       ORDER BY step, time, value, is_nan LIMIT 1 OFFSET ${sweptAtOnce.rows}`,
    );
    this.#border.safeIntegers(true);
    this.#under = database.prepare(
      'DELETE FROM metric_points WHERE series = ? AND (step, time, value, is_nan) < (?, ?, ?, ?)',
    );
  }

  /**
   * Adds points (step, time, value, whether it is NaN) to a loose series and returns it; a new one when undefined. Throws
   * RangeError for what is no point.
   */
  add(series: number | undefined, points: readonly (readonly Cell[])[]): number {
    const keys = points.map(pointOf);
    return this.#database
      .transaction(() => {
        const to = series ?? this.#reserve();
        try {
          for (const key of keys) this.#add(to, key);
          this.#writer.write();
        } finally {
          this.#writer.clear();
        }
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
        const found = this.#first.get(JSON.stringify([...this.#held.keys()]));
        if (found === undefined) return false;
        if (this.#somePacks.run(found.series).changes > 0) return true;
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

  #add(series: number, point: PointKey): void {
    const latest = this.#held.get(series);
    if (latest !== undefined && comparePoints(point, latest) <= 0) {
      // It may be the same as one that waits.
      this.#writer.write();
      this.#writer.addAnywhere(series, point);
    } else {
      this.#writer.addBehind(series, point);
      this.#held.set(series, point);
    }
  }

  #reserve(): number {
    const { lastInsertRowid } = prepared(
      this.#database,
      `INSERT INTO loose_series (series) SELECT 1 + MAX(
         COALESCE((SELECT MAX(series) FROM metric_series), 0), COALESCE((SELECT MAX(series) FROM loose_series), 0))`,
    ).run();
    this.#held.set(Number(lastInsertRowid), undefined);
    return Number(lastInsertRowid);
  }
}

/** Where rows end that are taken out in one step. */
interface Border {
  step: bigint;
  time: bigint;
  value: number;
  is_nan: bigint;
}

function pointOf([step, time, value, nan]: readonly Cell[]): PointKey {
  const exact = narrowed(sqlValue(step ?? null));
  const number = sqlValue(value ?? null);
  const isStep = Number.isSafeInteger(exact) || (typeof exact === 'bigint' && BigInt.asIntN(64, exact) === exact);
  if (!isStep || !Number.isSafeInteger(time) || typeof number !== 'number' || (nan !== 0 && nan !== 1)) {
    throw new RangeError('a point is a step, a time, a value and whether it is NaN');
  }
  return { step: exact as number | bigint, time: time as number, value: number, nan };
}
