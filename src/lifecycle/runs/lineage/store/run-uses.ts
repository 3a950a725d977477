// What runs read and wrote, as they said it: recorded files by content, MLflow's datasets by name and source.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** A run as a name in a lineage; times in epoch milliseconds. */
export interface RunFact {
  runId: string;
  name: string;
  experiment: string;
  status: string;
  start: number;
  isDeleted: boolean;
}

/** A file or folder that a recorded command named. `path` is as it was written, `cwd` where it begins. */
export interface RecordedUse {
  runId: string;
  way: 'input' | 'output';
  path: string;
  cwd: string;
  sha256: string | null;
}

/** A dataset that was logged; `source` is MLflow's JSON of it, `context` what it was for, such as `training`. */
export interface LoggedUse {
  runId: string;
  name: string;
  digest: string;
  source: string;
  context: string | null;
}

/** Names and states of runs; unknown ids are left out. */
export function runFacts(database: Database, runIds: readonly string[]): RunFact[] {
  const sql = `SELECT r.run_id AS runId, r.name, e.name AS experiment, r.status, r.start_time AS start,
      r.lifecycle_stage = 'deleted' AS isDeleted
    FROM runs r JOIN experiments e USING (experiment_id) WHERE r.run_id IN (SELECT value FROM json_each(?))`;
  return prepared<[string], Omit<RunFact, 'isDeleted'> & { isDeleted: number }>(database, sql)
    .all(JSON.stringify(runIds))
    .map((row) => ({ ...row, isDeleted: row.isDeleted === 1 }));
}

const recorded = (way: RecordedUse['way']): string => `
  SELECT r.run_id AS runId, '${way}' AS way, j.value ->> 'path' AS path, c.spec ->> 'cwd' AS cwd, j.value ->> 'sha256' AS sha256
  FROM recordings c JOIN runs r USING (run), json_each(c.${way}s) j`;

/** What recorded commands among these runs read and wrote. */
export function recordedUses(database: Database, runIds: readonly string[]): RecordedUse[] {
  const only = 'WHERE r.run_id IN (SELECT value FROM json_each(@runIds))';
  const sql = `${recorded('input')} ${only} UNION ALL ${recorded('output')} ${only}`;
  return prepared<[{ runIds: string }], RecordedUse>(database, sql).all({ runIds: JSON.stringify(runIds) });
}

/** Every recorded use of one of these contents. Reads what all recorded runs named. */
export function usesOfContent(database: Database, contents: readonly string[]): RecordedUse[] {
  const only = `WHERE j.value ->> 'sha256' IN (SELECT value FROM json_each(@contents))`;
  const sql = `${recorded('input')} ${only} UNION ALL ${recorded('output')} ${only}`;
  return prepared<[{ contents: string }], RecordedUse>(database, sql).all({ contents: JSON.stringify(contents) });
}

const logged = `
  SELECT r.run_id AS runId, d.name, d.digest, d.source, t.value AS context
  FROM run_inputs i JOIN runs r USING (run) JOIN run_datasets d USING (dataset)
  LEFT JOIN run_input_tags t ON t.run = i.run AND t.dataset = i.dataset AND t.key = 'mlflow.data.context'`;

/** The datasets that these runs logged. */
export function loggedUses(database: Database, runIds: readonly string[]): LoggedUse[] {
  const sql = `${logged} WHERE r.run_id IN (SELECT value FROM json_each(?))`;
  return prepared<[string], LoggedUse>(database, sql).all(JSON.stringify(runIds));
}

/** Every logged dataset, the newest runs first, at most `most`. */
export function allLoggedUses(database: Database, most: number): LoggedUse[] {
  return prepared<[number], LoggedUse>(database, `${logged} ORDER BY r.start_time DESC LIMIT ?`).all(most);
}
