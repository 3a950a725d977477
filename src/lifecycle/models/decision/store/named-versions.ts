// Whether a name ever had a version: until then its rules are a draft.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { isPartRecorded } from '../../../../workspace/audit/audit-records';

/** Of a model that bears the name, bore it, or is under its rules; those that were deleted count. */
export function hadVersion(database: Database, name: string): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM model_versions v JOIN registered_models m USING (model) WHERE m.name = @name)
      OR EXISTS (SELECT 1 FROM model_versions v JOIN gated_identities g USING (model) WHERE g.name = @name) AS had`;
  const has = prepared<[{ name: string }], { had: number }>(database, sql).get({ name })?.had === 1;
  return has || isPartRecorded(database, name, 'version created');
}

/** All names that a model ever had, the present one included. */
export function namesEverOf(database: Database, model: number): string[] {
  const sql = `SELECT model_name AS name FROM registry_events WHERE model = @model
    UNION SELECT name FROM registered_models WHERE model = @model`;
  return prepared<[{ model: number }], { name: string }>(database, sql)
    .all({ model })
    .map(({ name }) => name);
}
