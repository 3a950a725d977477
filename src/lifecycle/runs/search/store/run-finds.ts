// Runs by a word: their names, the beginning of an id, the name of their experiment.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { SearchFind } from '../../../../protocol/datasets/dataset-api';

/** Those in use, the newest first. `pattern` is one of LIKE with `\` before what stands for itself. */
export function runFinds(database: Database, asked: { pattern: string; limit: number }): SearchFind[] {
  return prepared<[{ pattern: string; limit: number }], Omit<SearchFind, 'kind'>>(
    database,
    `SELECT r.run_id AS id, r.name, e.name AS detail, r.start_time AS time FROM runs r JOIN experiments e USING (experiment_id)
     WHERE r.lifecycle_stage = 'active' AND (r.name LIKE @pattern ESCAPE '\\' OR e.name LIKE @pattern ESCAPE '\\'
       OR r.run_id LIKE substr(@pattern, 2) ESCAPE '\\')
     ORDER BY r.start_time DESC LIMIT @limit`,
  )
    .all(asked)
    .map((row): SearchFind => ({ kind: 'run', ...row }));
}
