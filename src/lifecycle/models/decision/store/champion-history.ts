// Whether a model ever had a champion.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** By the model's number or any model of its name: one that is deleted and made again is no new beginning. */
export function hadChampion(database: Database, { model, name }: { model: number; name: string }): boolean {
  const sql = `SELECT 1 FROM registry_events
    WHERE (model = @model OR model_name = @name) AND (lower(alias) = 'champion' OR to_value = 'Production') LIMIT 1`;
  return prepared<[object], unknown>(database, sql).get({ model, name }) !== undefined;
}
