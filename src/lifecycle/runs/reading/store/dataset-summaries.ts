// The datasets that runs of some experiments have used, each use once.
import type { Database } from '../../../../platform/sqlite/database';

/** One dataset by name and digest as it was used: `context` is what for (`training`), null when nothing was said. */
export interface DatasetSummary {
  experimentId: string;
  name: string;
  digest: string;
  context: string | null;
}

/** The first `limit` by experiment, name, digest and context. Deleted runs count: what they used was used. */
export function datasetSummaries(
  database: Database,
  { experimentIds, limit }: { experimentIds: readonly string[]; limit: number },
): DatasetSummary[] {
  return database
    .prepare<[string, number], DatasetSummary>(
      `SELECT DISTINCT r.experiment_id AS experimentId, d.name, d.digest, t.value AS context
       FROM runs r
       JOIN run_inputs i ON i.run = r.run
       JOIN run_datasets d ON d.dataset = i.dataset
       LEFT JOIN run_input_tags t ON t.run = i.run AND t.dataset = i.dataset AND t.key = 'mlflow.data.context'
       WHERE r.experiment_id IN (SELECT value FROM json_each(?))
       ORDER BY 1, 2, 3, 4 LIMIT ?`,
    )
    .all(JSON.stringify(experimentIds), limit);
}
