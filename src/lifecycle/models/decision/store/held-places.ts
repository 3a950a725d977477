// Where the files of versions lie that stand somewhere: in a stage, or under an alias.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** A version with the place of its files, as it was registered. */
export interface HeldPlace {
  name: string;
  version: number;
  location: string;
}

/** Versions that stand somewhere; of gated models and of others. */
export function heldPlaces(database: Database): HeldPlace[] {
  const sql = `SELECT m.name, v.version, v.storage_location AS location
    FROM model_versions v JOIN registered_models m ON m.model = v.model
    WHERE v.deleted_time IS NULL AND m.deleted_time IS NULL AND (v.stage <> 'None'
      OR EXISTS (SELECT 1 FROM model_aliases a WHERE a.model = v.model AND a.version = v.version))`;
  return prepared<[], HeldPlace>(database, sql).all();
}
