// Whether a name ever had a version: until then its rules are a draft.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** Of a model that bears the name, bore it, or is under its rules; those that were deleted count. */
export function hadVersion(database: Database, name: string): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM model_versions v JOIN registered_models m USING (model) WHERE m.name = @name)
      OR EXISTS (SELECT 1 FROM model_versions v JOIN gated_identities g USING (model) WHERE g.name = @name)
      OR EXISTS (SELECT 1 FROM audit_records WHERE subject > @name || '@' AND subject < @name || 'A'
        AND substr(subject, length(@name) + 2) NOT GLOB '*[^0-9]*' AND action = 'version created') AS had`;
  return prepared<[{ name: string }], { had: number }>(database, sql).get({ name })?.had === 1;
}
