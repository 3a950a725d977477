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

/** Their numbers; for a reader thread, because all traces are looked at. */
export function doomedTraces(database: Database, { cutoff, experimentIds }: DoomedTraces): number[] {
  return database
    .prepare<unknown[], number>(`SELECT trace FROM traces WHERE ${doomed} ORDER BY trace`)
    .pluck()
    .all(cutoff, JSON.stringify(experimentIds));
}

/** Takes out a trace that is still one of them, or some of its spans. `erased`: it is gone; `more`: some of it is left. */
export function eraseTraceSome(
  database: Database,
  trace: number,
  { cutoff, experimentIds }: DoomedTraces,
): { erased: boolean; more: boolean } {
  return database
    .transaction(() => {
      const isDoomed = database
        .prepare(`SELECT 1 FROM traces WHERE trace = ? AND (${doomed})`)
        .get(trace, cutoff, JSON.stringify(experimentIds));
      if (isDoomed === undefined) return { erased: false, more: false };
      const { changes } = database
        .prepare('DELETE FROM spans WHERE rowid IN (SELECT rowid FROM spans WHERE trace = ? LIMIT ?)')
        .run(trace, spansAtOnce);
      if (changes === spansAtOnce) return { erased: false, more: true };
      for (const table of Object.keys(tablesOfTrace)) {
        database.prepare(`DELETE FROM ${table} WHERE trace = ?`).run(trace);
      }
      database.prepare('DELETE FROM traces WHERE trace = ?').run(trace);
      return { erased: true, more: false };
    })
    .immediate();
}
