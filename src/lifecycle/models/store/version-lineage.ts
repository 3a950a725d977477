// What the registry was made from: never to be erased, because a version must always say where it came from.
import type { Database } from '../../../platform/sqlite/database';

/** Ids of runs and of logged models that some version, deleted ones included, was made from or lies in. */
export interface VersionLineage {
  runIds: Set<string>;
  modelIds: Set<string>;
}

/** Reads all versions; for a reader thread. */
export function versionLineage(database: Database): VersionLineage {
  const lineage: VersionLineage = { runIds: new Set(), modelIds: new Set() };
  const rows = database.prepare<[], Record<'run_id' | 'model_id' | 'source' | 'storage_location', string>>(
    'SELECT run_id, model_id, source, storage_location FROM model_versions',
  );
  for (const row of rows.iterate()) {
    lineage.runIds.add(row.run_id);
    lineage.modelIds.add(row.model_id);
    for (const part of `${row.source}/${row.storage_location}`.split(/[/:]+/)) {
      if (part.startsWith('m-')) lineage.modelIds.add(part);
      else lineage.runIds.add(part);
    }
  }
  return lineage;
}

/** True when a version was made from that run or logged model, or lies in it; asked in the turn that would erase it. */
export function hasVersion(database: Database, id: string): boolean {
  const sql = `SELECT 1 FROM model_versions
    WHERE run_id = @id OR model_id = @id OR instr(source || '/' || storage_location, @id) > 0 LIMIT 1`;
  return database.prepare(sql).get({ id }) !== undefined;
}
