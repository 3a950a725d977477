// A summary that does not know all of its points: of a database that lost its log, or that somebody else wrote to.
import type { Database } from '../../../../platform/sqlite/database';
import { addToSummary, emptySummary, type SeriesSummary } from './series-summary';
import { storedPoints } from './stored-points';

/** Makes the summary true to the points that the database has of its series; in what order they came is not known. */
export function recount(database: Database, summary: SeriesSummary): void {
  const { series, run, key } = summary;
  Object.assign(summary, emptySummary(series, run, key));
  for (const block of storedPoints(database, series)) {
    for (let at = 0; at < block.length; at++) {
      const { step, time, value, nan } = block.key(at);
      addToSummary(summary, { key, step, time, value: nan === 1 ? Number.NaN : value }, value, nan);
    }
  }
  summary.in_order = 0;
}
