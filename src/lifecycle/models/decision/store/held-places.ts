// What decisions rest on: files of versions that stand somewhere, in a stage or under an alias, and what their gates left.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** A version with the place of its files, as it was registered. */
export interface HeldPlace {
  name: string;
  version: number;
  storageLocation: string;
  runId: string;
}

/** Versions that stand somewhere; of gated models and of others. */
export function heldPlaces(database: Database): HeldPlace[] {
  const sql = `SELECT m.name, v.version, v.storage_location AS storageLocation, v.run_id AS runId
    FROM model_versions v JOIN registered_models m ON m.model = v.model
    WHERE v.deleted_time IS NULL AND m.deleted_time IS NULL AND (v.stage <> 'None'
      OR EXISTS (SELECT 1 FROM model_aliases a WHERE a.model = v.model AND a.version = v.version))`;
  return prepared<[], HeldPlace>(database, sql).all();
}

/** What a report left that decided something. `predictions`: a run and a path among its artifacts, as JSON. */
export interface HeldEvidence {
  name: string;
  version: number;
  predictions: string | null;
  evidence: string;
}

/** Of all decisions that rest on a report. */
export function heldEvidence(database: Database): HeldEvidence[] {
  const sql = `SELECT DISTINCT m.name, r.version, r.predictions, r.evidence
    FROM model_decisions d JOIN gate_reports r ON r.report = d.report JOIN registered_models m ON m.model = r.model`;
  return prepared<[], HeldEvidence>(database, sql).all();
}
