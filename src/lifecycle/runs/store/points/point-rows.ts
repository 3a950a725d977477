// Points that are rows of their own in `metric_points`: the latest of a series until they are packed, and those that came
// too late for their pack.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { exactInteger } from '../exact-integer';
import { PointBlock, type PointKey } from './point-block';

const rowsAtOnce = 2048;
const columns = `${exactInteger('metric_points.step')} AS exact, time, value, is_nan`;
const order = 'ORDER BY metric_points.step, time, value, is_nan';

type Row = [step: number | string, time: number, value: number, nan: number];

/** The first of the series' rows behind `after`, 2048 at most; undefined when there is none. */
export function nextRows(database: Database, series: number, after: PointKey | undefined): PointBlock | undefined {
  const isBehind = after === undefined ? '' : 'AND (metric_points.step, time, value, is_nan) > (?, ?, ?, ?)';
  const rows = prepared<unknown[], Row>(
    database,
    `SELECT ${columns} FROM metric_points WHERE series = ? ${isBehind} ${order} LIMIT ${rowsAtOnce}`,
  )
    .raw()
    .all(series, ...(after === undefined ? [] : [after.step, after.time, after.value, after.nan]));
  if (rows.length === 0) return undefined;
  return PointBlock.of(
    rows.map(([step, time, value, nan]) => ({
      step: typeof step === 'string' ? BigInt(step) : step,
      time,
      value,
      nan,
    })),
  );
}

/** Takes out the rows of a block that `nextRows` has read. */
export function deleteRows(database: Database, series: number, block: PointBlock): void {
  const [first, last] = [block.key(0), block.key(block.length - 1)];
  prepared(
    database,
    `DELETE FROM metric_points WHERE series = ? AND (step, time, value, is_nan) >= (?, ?, ?, ?)
       AND (step, time, value, is_nan) <= (?, ?, ?, ?)`,
  ).run(series, first.step, first.time, first.value, first.nan, last.step, last.time, last.value, last.nan);
}

/** Adds one row and leaves the very same one as it is. Returns whether it was new. */
export function insertRow(database: Database, series: number, { step, time, value, nan }: PointKey): boolean {
  const sql = 'INSERT OR IGNORE INTO metric_points (series, step, time, value, is_nan) VALUES (?, ?, ?, ?, ?)';
  return prepared(database, sql).run(series, step, time, value, nan).changes > 0;
}
