// Reads the points of a series, wherever they lie: packs, with the rows between and behind them. Statement after statement,
// so whoever reads must see one moment of the database.
import type { Database } from '../../../../platform/sqlite/database';
import { PointBlock, type PointKey } from './point-block';
import { packsBehind } from './point-packs';
import { nextRows } from './point-rows';

/** The points of the series by step, time and value, in blocks of any size; with `after` only those behind it. */
export function* storedPoints(database: Database, series: number, after?: PointKey): Generator<PointBlock, void> {
  const rows = new RowsInTurn(database, series, after);
  for (const pack of packsBehind(database, series, after)) {
    yield* rows.before(pack.key(0));
    const within = [...rows.before(pack.key(pack.length - 1))];
    yield within.length === 0 ? pack : pack.mergedWith(within);
  }
  yield* rows.before(undefined);
}

/** True when the series has a point behind this one. */
export function hasPointsBehind(database: Database, series: number, point: PointKey): boolean {
  return storedPoints(database, series, point).next().done === false;
}

/** The first `count` of these points, or as many as there are. */
export function firstPoints(blocks: Iterable<PointBlock>, count: number): PointBlock {
  const found: PointBlock[] = [];
  let missing = count;
  for (const block of blocks) {
    found.push(block.part(0, Math.min(missing, block.length)));
    missing -= block.length;
    if (missing <= 0) break;
  }
  return PointBlock.joined(found);
}

/** The rows of a series, taken from the first to the last. */
class RowsInTurn {
  readonly #database: Database;
  readonly #series: number;
  #block: PointBlock | undefined;

  constructor(database: Database, series: number, after: PointKey | undefined) {
    this.#database = database;
    this.#series = series;
    this.#block = nextRows(database, series, after);
  }

  /** Those that come before `key` and were not taken yet; undefined for all. */
  *before(key: PointKey | undefined): Generator<PointBlock, void> {
    while (this.#block !== undefined) {
      const block: PointBlock = this.#block;
      const end = key === undefined ? block.length : block.placeOf(key);
      if (end > 0) yield block.part(0, end);
      if (end < block.length) {
        this.#block = block.part(end);
        return;
      }
      this.#block = nextRows(this.#database, this.#series, block.key(block.length - 1));
    }
  }
}
