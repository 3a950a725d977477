// Takes deleted traces out of the database for good, a few hundred spans at a time.
import type { Database } from '../../../../platform/sqlite/database';
import { tablesOfTrace } from '../../bundle/store/trace-part';

/** Traces deleted before `cutoff` (epoch milliseconds), and all that are in these experiments. */
export interface DoomedTraces {
  cutoff: number;
  experimentIds: readonly string[];
}

const spansAtOnce = 300;
const doomed = `deleted_time < ? OR experiment_id IN (SELECT value FROM json_each(?))`;

/** How many there are; for a reader thread. */
export function countDoomedTraces(database: Database, { cutoff, experimentIds }: DoomedTraces): number {
  const values = [cutoff, JSON.stringify(experimentIds)];
  return Number(
    database
      .prepare(`SELECT count(*) FROM traces WHERE ${doomed}`)
      .pluck()
      .get(...values),
  );
}

/** Takes out one of them, or some spans of it. `erased`: it is gone; `more`: there is something left to do. */
export function eraseTraceSome(
  database: Database,
  { cutoff, experimentIds }: DoomedTraces,
): { erased: boolean; more: boolean } {
  return database
    .transaction(() => {
      const trace = database
        .prepare(`SELECT trace FROM traces WHERE ${doomed} LIMIT 1`)
        .pluck()
        .get(cutoff, JSON.stringify(experimentIds)) as number | undefined;
      if (trace === undefined) return { erased: false, more: false };
      const { changes } = database
        .prepare('DELETE FROM spans WHERE rowid IN (SELECT rowid FROM spans WHERE trace = ? LIMIT ?)')
        .run(trace, spansAtOnce);
      if (changes === spansAtOnce) return { erased: false, more: true };
      for (const table of Object.keys(tablesOfTrace)) {
        database.prepare(`DELETE FROM ${table} WHERE trace = ?`).run(trace);
      }
      database.prepare('DELETE FROM traces WHERE trace = ?').run(trace);
      return { erased: true, more: true };
    })
    .immediate();
}
