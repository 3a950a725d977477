// Points that lie many in one row of `metric_packs`. No two packs of a series overlap, and every point of a series that is
// in a pack came behind all that was there before.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { packPoints, unpackPoints } from './packed-points';
import type { PointBlock, PointKey } from './point-block';

const leastInPack = 32;
const mostInPack = 1024;
/** Packs read at once: some hundred kilobytes. */
const packsAtOnce = 16;

const first = 'first_step, first_time, first_value, first_is_nan';
const latestFirst = 'ORDER BY first_step DESC, first_time DESC, first_value DESC, first_is_nan DESC LIMIT 1';

/** True when so many points of one write become packs: fewer are as small and as fast as rows. */
export function isPackWorth(points: number): boolean {
  return points >= leastInPack;
}

/** Writes points that come behind all of the series, as packs of much the same size. */
export function writePacks(database: Database, series: number, block: PointBlock): void {
  const sql = `INSERT INTO metric_packs (series, ${first}, count, points) VALUES (?, ?, ?, ?, ?, ?, ?)`;
  const insert = prepared(database, sql);
  const packs = Math.ceil(block.length / mostInPack);
  const border = (pack: number): number => Math.floor((pack * block.length) / packs);
  for (let pack = 0; pack < packs; pack++) {
    const part = block.part(border(pack), border(pack + 1));
    const { step, time, value, nan } = part.key(0);
    insert.run(series, step, time, value, nan, part.length, packPoints(part));
  }
}

/** The last pack of the series; undefined when it has none. Throws SlipwayError `damaged`. */
export function lastPack(database: Database, series: number): PointBlock | undefined {
  return onePack(database, `WHERE series = ? ${latestFirst}`, [series]);
}

/** The only pack that may hold `point`, and none when no pack begins before it. Throws SlipwayError `damaged`. */
export function packAround(database: Database, series: number, point: PointKey): PointBlock | undefined {
  return onePack(database, `WHERE series = ? AND (${first}) <= (?, ?, ?, ?) ${latestFirst}`, [series, ...bound(point)]);
}

/** The packs of the series, in order; with `after` only what lies behind it. Throws SlipwayError `damaged`. */
export function* packsBehind(
  database: Database,
  series: number,
  after: PointKey | undefined,
): Generator<PointBlock, void> {
  const rest = after === undefined ? undefined : packAround(database, series, after)?.behind(after);
  if (rest !== undefined && rest.length > 0) yield rest;
  let begun = after;
  for (;;) {
    const isBehind = begun === undefined ? '' : `AND (${first}) > (?, ?, ?, ?)`;
    const sql = `SELECT points FROM metric_packs WHERE series = ? ${isBehind} ORDER BY ${first} LIMIT ${packsAtOnce}`;
    const statement = prepared<unknown[], Buffer>(database, sql).pluck();
    const found = statement.all(series, ...(begun === undefined ? [] : bound(begun)));
    for (const bytes of found) {
      const block = unpackPoints(bytes);
      begun = block.key(0);
      yield block;
    }
    if (found.length < packsAtOnce) return;
  }
}

function onePack(database: Database, where: string, values: readonly unknown[]): PointBlock | undefined {
  const sql = `SELECT points FROM metric_packs ${where}`;
  const bytes = prepared<unknown[], Buffer>(database, sql)
    .pluck()
    .get(...values);
  return bytes === undefined ? undefined : unpackPoints(bytes);
}

function bound({ step, time, value, nan }: PointKey): unknown[] {
  return [step, time, value, nan];
}
