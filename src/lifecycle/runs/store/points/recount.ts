// A summary that does not know all of its points: of a database that lost its log, or that somebody else wrote to.
import type { Database } from '../../../../platform/sqlite/database';
import { type SeriesSummary, summaryOf } from './series-summary';

const counted = `SELECT count(*) AS count, total(is_nan = 1 OR abs(value) = 9e999) AS non_finite
  FROM metric_points WHERE series = ?`;
const last = `SELECT step AS last_step, time AS last_time, value AS last_value, is_nan AS last_is_nan
  FROM metric_points WHERE series = ? ORDER BY step DESC, time DESC, value DESC LIMIT 1`;
const least = `SELECT value AS min_value, step AS min_step
  FROM metric_points WHERE series = ? AND is_nan = 0 ORDER BY value, step LIMIT 1`;
const greatest = `SELECT value AS max_value, step AS max_step
  FROM metric_points WHERE series = ? AND is_nan = 0 ORDER BY value DESC, step LIMIT 1`;

/** Makes the summary true to the points that the database has of its series; in what order they came is not known. */
export function recount(database: Database, summary: SeriesSummary): void {
  for (const sql of [counted, last, least, greatest]) {
    const row = database.prepare<[number], SeriesSummary>(sql).safeIntegers(true).get(summary.series);
    if (row !== undefined) Object.assign(summary, summaryOf(row));
  }
  summary.in_order = 0;
}
