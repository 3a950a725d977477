// Finds experiments by condition and order. A pure function of the database.
import type { Database } from '../../../platform/sqlite/database';
import type { KeyValue } from '../batch';
import type { ExperimentRecord } from '../experiments/experiment';
import type { Condition, SimpleCondition, SortKey } from '../search/condition';
import { compareSql, conditionSql, keyedSql, type RowTest, type SqlPiece, stagesOf } from './condition-sql';
import { type ExperimentRow, experimentOf } from './experiment-store';

/** Which experiments, in what order: `limit` of them after the first `offset`. */
export interface ExperimentSearch {
  view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
  condition: Condition;
  order: readonly SortKey[];
  limit: number;
  offset: number;
}

// Ids are numbers to clients that sort by them, and may have 18 digits.
const sortable: Readonly<Record<string, string>> = {
  name: 'e.name',
  experiment_id: 'CAST(e.experiment_id AS INTEGER)',
  creation_time: 'e.creation_time',
  last_update_time: 'e.last_update_time',
};

/** The experiments found, and whether there are more after them. */
export function searchExperiments(
  database: Database,
  search: ExperimentSearch,
): { experiments: ExperimentRecord[]; more: boolean } {
  const where = conditionSql(search.condition, comparison);
  const by = search.order.map((sort) => `${sortable[sort.key] ?? 'NULL'} ${sort.ascending ? 'ASC' : 'DESC'}`);
  if (!search.order.some((sort) => sort.key === 'experiment_id')) by.push(`${sortable.experiment_id} DESC`);
  const sql = `SELECT e.* FROM experiments e
    WHERE e.lifecycle_stage IN (SELECT value FROM json_each(?)) AND ${where.sql}
    ORDER BY ${by.join(', ')} LIMIT ? OFFSET ?`;
  const rows = database
    .prepare<unknown[], ExperimentRow>(sql)
    .all(stagesOf(search.view), ...where.values, search.limit + 1, search.offset);
  const page = rows.slice(0, search.limit);
  const tags = readTags(database, page);
  return {
    experiments: page.map((row) => experimentOf(row, tags.get(row.experiment_id) ?? [])),
    more: rows.length > search.limit,
  };
}

function comparison(condition: SimpleCondition): SqlPiece | RowTest {
  if (condition.subject === 'tag') {
    return keyedSql('experiment_tags', 'k.experiment_id = e.experiment_id', condition);
  }
  return compareSql(
    Object.hasOwn(sortable, condition.key) ? `e.${condition.key}` : 'NULL',
    condition.operator,
    condition.value,
  );
}

function readTags(database: Database, rows: readonly ExperimentRow[]): Map<string, KeyValue[]> {
  const tags = database
    .prepare<[string], KeyValue & { id: string }>(
      `SELECT experiment_id AS id, key, value FROM experiment_tags
       WHERE experiment_id IN (SELECT value FROM json_each(?)) ORDER BY key`,
    )
    .all(JSON.stringify(rows.map((row) => row.experiment_id)));
  const found = new Map<string, KeyValue[]>();
  for (const { id, key, value } of tags) {
    const own = found.get(id);
    if (own === undefined) found.set(id, [{ key, value }]);
    else own.push({ key, value });
  }
  return found;
}
