// Runs that could be repeats of others: finished or failed, of their experiments, with as many params but for seeds and folds.
import type { Database } from '../../../../platform/sqlite/database';
import { foldNames } from '../repeats';

/** Runs of one experiment that are looked at, the newest first. */
const most = 200;

/** Ids of such runs, without `runIds` themselves. `seeds`: params in which repeats differ; a run may lack them. */
export function likelyRepeats(database: Database, runIds: readonly string[], seeds: readonly string[]): string[] {
  const left = JSON.stringify([...seeds, ...foldNames]);
  const count =
    '(SELECT count(*) FROM params WHERE params.run = runs.run AND key NOT IN (SELECT value FROM json_each(?)))';
  const named = database.prepare<[string, string], { experiment: string; params: number }>(
    `SELECT experiment_id AS experiment, ${count} AS params
     FROM runs WHERE run_id = ?`,
  );
  const kinds = new Map<string, Set<number>>();
  for (const runId of runIds) {
    const found = named.get(left, runId);
    if (found === undefined) continue;
    const counts = kinds.get(found.experiment) ?? new Set();
    kinds.set(found.experiment, counts.add(found.params));
  }
  const newest = database.prepare<[string, string, number], { runId: string; params: number }>(
    `SELECT run_id AS runId, ${count} AS params
     FROM runs WHERE experiment_id = ? AND lifecycle_stage = 'active' AND status IN ('FINISHED', 'FAILED')
     ORDER BY start_time DESC, run_id LIMIT ?`,
  );
  const known = new Set(runIds);
  return [...kinds].flatMap(([experiment, counts]) =>
    newest
      .all(left, experiment, most)
      .filter(({ runId, params }) => !known.has(runId) && counts.has(params))
      .map(({ runId }) => runId),
  );
}
