// Runs by a word: their names, the beginning of an id, the name of their experiment.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { SearchFind } from '../../../../protocol/datasets/dataset-api';

/** Those in use, the newest first. `text` is in small letters, as SQLite makes them. */
export function runFinds(database: Database, asked: { text: string; limit: number }): SearchFind[] {
  return prepared<[{ text: string; limit: number }], Omit<SearchFind, 'kind'>>(
    database,
    `SELECT r.run_id AS id, r.name, e.name AS detail, r.start_time AS time FROM runs r JOIN experiments e USING (experiment_id)
     WHERE r.lifecycle_stage = 'active' AND (instr(lower(r.name), @text) > 0 OR instr(lower(e.name), @text) > 0
       OR substr(r.run_id, 1, length(@text)) = @text)
     ORDER BY r.start_time DESC LIMIT @limit`,
  )
    .all(asked)
    .map((row): SearchFind => ({ kind: 'run', ...row }));
}
