// Who used data that fail their contract all the same, and why. Rows are added and never changed.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { CheckOverride } from '../../../protocol/datasets/launch';

/** Keeps that a launch went on; `failed` holds a sentence for each check. */
export function keepOverride(database: Database, { failed, ...rest }: CheckOverride): void {
  prepared(
    database,
    `INSERT INTO dataset_overrides (time, actor, dataset, version, run_id, reason, failed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(rest.time, rest.actor, rest.dataset, rest.version, rest.runId, rest.reason, JSON.stringify(failed));
}

/** The newest first; of one dataset, or of one run. */
export function overridesOf(
  database: Database,
  { dataset, runId, limit }: { dataset: string | null; runId: string | null; limit: number },
): CheckOverride[] {
  return prepared<Record<string, string | number | null>[], Omit<CheckOverride, 'failed'> & { failed: string }>(
    database,
    `SELECT time, actor, dataset, version, run_id AS runId, reason, failed FROM dataset_overrides
     WHERE (@dataset IS NULL OR dataset = @dataset) AND (@runId IS NULL OR run_id = @runId)
     ORDER BY override DESC LIMIT @limit`,
  )
    .all({ dataset, runId, limit })
    .map((row) => ({ ...row, failed: JSON.parse(row.failed) as string[] }));
}
