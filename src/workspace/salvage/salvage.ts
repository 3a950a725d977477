// Brings what can still be read of a damaged database into a new one beside it: table by table, with nothing in it that
// points at what is lost.
import { rmSync, statSync } from 'node:fs';
import type { Database } from '../../platform/sqlite/database';
import { openWorkspaceDatabase } from '../database';
import { openDamagedCopy } from './damaged-copy';
import { backupsOf, keptFiles, salvagedMark } from './kept-aside';
import { type RowCheck, type SalvagedTable, salvageTable } from './table-salvage';

/**
 * Where to read and write: `database` is the workspace's own file, `folder` an empty one to work in. `checks`: of a table,
 * what its rows must fulfil, because SQLite does not notice damage within a value.
 */
export interface SalvageTerms {
  database: string;
  folder: string;
  now: number;
  checks: Readonly<Record<string, RowCheck>>;
}

/**
 * What was salvaged from `source` into `path`; `source` null when nothing is kept aside or none of it can be read. `mark`:
 * the empty file to write once it was brought back; null for a backup of a file that is there and cannot be read.
 */
export interface Salvage {
  source: string | null;
  mark: string | null;
  path: string | null;
  tables: SalvagedTable[];
  /** Files kept aside of which nothing could be read. */
  unreadable: string[];
}

/** Tables of the workspace itself, and those that only hold what is on its way. */
const leftAlone = new Set(['meta', 'loose_series']);
const metricTables = new Set(['metric_series', 'metric_points', 'metric_packs']);

/** Reads the newest file kept aside; when not even its tables can be listed, the newest backup. */
export function salvage(terms: SalvageTerms, progress: (table: string) => void): Salvage {
  const aside = keptFiles(terms.database);
  const [newest] = aside;
  const isLost = newest !== undefined && statSync(newest).size === 0;
  const lostMark = isLost ? salvagedMark(newest) : null;
  const unreadable: string[] = [];
  const kept = isLost ? [] : aside.slice(0, 1);
  for (const source of newest === undefined ? [] : [...kept, ...backupsOf(terms.database)]) {
    const path = `${terms.folder}/salvaged.db`;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    const { database: into } = openWorkspaceDatabase({ path, durability: 'NORMAL', now: terms.now });
    const from = openDamagedCopy(source, `${terms.folder}/copy.db`, path);
    const tables = from === undefined ? [] : moveTables(from, into, terms.checks, progress);
    from?.close();
    into.close();
    const mark = source === newest ? salvagedMark(source) : lostMark;
    if (tables.some(({ rows }) => rows > 0)) return { source, mark, path, tables, unreadable };
    unreadable.push(source);
  }
  return { source: null, mark: lostMark, path: null, tables: [], unreadable };
}

function moveTables(
  from: Database,
  into: Database,
  checks: SalvageTerms['checks'],
  progress: (table: string) => void,
): SalvagedTable[] {
  into.pragma('foreign_keys = OFF');
  const names = into
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rootpage`)
    .pluck()
    .all() as string[];
  const tables = names
    .filter((name) => !leftAlone.has(name))
    .map((name) => {
      progress(name);
      return salvageTable(from, into, { table: name, check: checks[name] });
    });
  const hasGaps = tables.some((each) => each.hasGaps && metricTables.has(each.table));
  // Points that could not be read are in the files of recorded runs still: those are read again from their beginning.
  if (hasGaps)
    into.exec('UPDATE recordings SET metrics_offset = 0, stdout_metrics_offset = 0, resources_offset = 0, done = 0');
  nameLostExperiments(into);
  dropOrphans(into, names);
  return tables;
}

function nameLostExperiments(into: Database): void {
  into.exec(
    `INSERT OR IGNORE INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
     SELECT DISTINCT experiment_id, 'Recovered ' || experiment_id, 'mlflow-artifacts:/' || experiment_id, 'active', 0, 0
     FROM (SELECT experiment_id FROM runs UNION SELECT experiment_id FROM logged_models)
     WHERE experiment_id NOT IN (SELECT experiment_id FROM experiments)`,
  );
}

/** Rows whose owner is lost: nobody could say what they are. */
function dropOrphans(into: Database, names: readonly string[]): void {
  const guards = into.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all() as string[];
  for (const guard of guards) into.exec(`DROP TRIGGER ${guard}`);
  for (const table of names) {
    const keys = into.pragma(`foreign_key_list(${table})`) as {
      id: number;
      table: string;
      from: string;
      to: string | null;
    }[];
    for (const id of new Set(keys.map((key) => key.id))) {
      const parts = keys.filter((key) => key.id === id);
      const [first] = parts;
      if (first === undefined) continue;
      const primary = (into.pragma(`table_info(${first.table})`) as { name: string; pk: number }[])
        .filter(({ pk }) => pk > 0)
        .sort((a, b) => a.pk - b.pk);
      const same = parts.map(
        (part, index) => `p.${part.to ?? primary[index]?.name ?? 'rowid'} = ${table}.${part.from}`,
      );
      const isSet = parts.map(({ from }) => `${from} IS NOT NULL`);
      into.exec(
        `DELETE FROM ${table} WHERE ${isSet.join(' AND ')}
         AND NOT EXISTS (SELECT 1 FROM ${first.table} p WHERE ${same.join(' AND ')})`,
      );
    }
  }
}
