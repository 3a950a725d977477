// Which runs made which model versions.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';

/** A model version and its run; '' where it names none. Times in epoch milliseconds. */
export interface VersionRun {
  model: string;
  version: number;
  runId: string;
  created: number;
  isDeleted: boolean;
  aliases: string[];
}

const selected = `
  SELECT m.name AS model, v.version, v.creation_time AS created,
    coalesce(nullif(v.run_id, ''), (SELECT source_run_id FROM logged_models l WHERE l.model_id = v.model_id), '') AS runId,
    v.deleted_time IS NOT NULL OR m.deleted_time IS NOT NULL AS isDeleted,
    (SELECT json_group_array(alias ORDER BY alias) FROM model_aliases a WHERE a.model = m.model AND a.version = v.version) AS aliases
  FROM model_versions v JOIN registered_models m USING (model)`;

/** The versions that these runs, or models that they logged, became. */
export function versionsOfRuns(database: Database, runIds: readonly string[]): VersionRun[] {
  const sql = `${selected} WHERE v.run_id IN (SELECT value FROM json_each(@runIds))
    OR v.model_id IN (SELECT model_id FROM logged_models WHERE source_run_id IN (SELECT value FROM json_each(@runIds)))`;
  return rows(database, sql, { runIds: JSON.stringify(runIds) });
}

/** These versions, each as `NAME/3`; unknown ones are left out. */
export function runsOfVersions(database: Database, ids: readonly string[]): VersionRun[] {
  const sql = `${selected} WHERE m.name || '/' || v.version IN (SELECT value FROM json_each(@ids))`;
  return rows(database, sql, { ids: JSON.stringify(ids) });
}

function rows(database: Database, sql: string, values: Record<string, string>): VersionRun[] {
  return prepared<
    [Record<string, string>],
    Omit<VersionRun, 'isDeleted' | 'aliases'> & { isDeleted: number; aliases: string }
  >(database, sql)
    .all(values)
    .map((row) => ({ ...row, isDeleted: row.isDeleted === 1, aliases: JSON.parse(row.aliases) as string[] }));
}
