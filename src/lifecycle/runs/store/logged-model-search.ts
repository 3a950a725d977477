// Finds logged models by condition and order. A pure function of the database.
import type { Database } from '../../../platform/sqlite/database';
import type { LoggedModelRecord } from '../logged-models/logged-model';
import type { Condition, SimpleCondition } from '../search/condition';
import { compareSql, conditionSql, keyedSql, type RowTest, type SqlPiece } from './condition-sql';
import { type LoggedModelRow, readLoggedModels } from './logged-model-store';

/** A dataset that a metric must have been measured on; without a digest, any of that name. */
export interface DatasetChoice {
  name: string;
  digest: string | undefined;
}

/** A sort key: a column of logged_models, or a metric, measured on `dataset` where one is named. */
export interface LoggedModelSort {
  subject: 'attribute' | 'metric';
  key: string;
  ascending: boolean;
  dataset: DatasetChoice | undefined;
}

/** Which models, in what order: `limit` of them after the first `offset`. */
export interface LoggedModelSearch {
  experimentIds: readonly string[];
  condition: Condition;
  datasets: readonly DatasetChoice[];
  order: readonly LoggedModelSort[];
  limit: number;
  offset: number;
}

/** The models found, and whether there are more after them. */
export function searchLoggedModels(
  database: Database,
  search: LoggedModelSearch,
): { models: LoggedModelRecord[]; more: boolean } {
  const where = conditionSql(search.condition, (condition) => comparison(condition, search.datasets));
  const order = orderSql(search);
  const measured = measuredSql(search);
  const sql = `SELECT l.* FROM logged_models l
    WHERE l.experiment_id IN (SELECT value FROM json_each(?)) AND l.lifecycle_stage = 'active'
      AND ${where.sql} AND ${measured.sql}
    ORDER BY ${order.sql} LIMIT ? OFFSET ?`;
  const ids = JSON.stringify(search.experimentIds);
  const values = [ids, ...where.values, ...measured.values, ...order.values, search.limit + 1, search.offset];
  const rows = database.prepare<unknown[], LoggedModelRow>(sql).all(...values);
  return {
    models: readLoggedModels(database, rows.slice(0, search.limit)),
    more: rows.length > search.limit,
  };
}

function comparison(condition: SimpleCondition, datasets: readonly DatasetChoice[]): SqlPiece | RowTest {
  const { subject, key, operator, value } = condition;
  if (subject === 'attribute') return compareSql(`l.${key}`, operator, value);
  if (subject === 'metric') {
    const latest = latestSql(key, datasets);
    const compared = compareSql(latest.sql, operator, value);
    return { sql: compared.sql, values: [...latest.values, ...compared.values] };
  }
  const table = subject === 'param' ? 'logged_model_params' : 'logged_model_tags';
  return keyedSql(table, 'k.model_id = l.model_id', condition);
}

/** The latest value of a metric by step, time and value; NULL for NaN and where there is none. */
function latestSql(key: string, datasets: readonly DatasetChoice[]): SqlPiece {
  const on = datasetsSql(datasets);
  return {
    sql: `(SELECT CASE WHEN m.is_nan THEN NULL ELSE m.value END FROM logged_model_metrics m
           WHERE m.model_id = l.model_id AND m.key = ? AND ${on.sql}
           ORDER BY m.step DESC, m.time DESC, m.value DESC LIMIT 1)`,
    values: [key, ...on.values],
  };
}

function datasetsSql(datasets: readonly DatasetChoice[]): SqlPiece {
  if (datasets.length === 0) return { sql: 'TRUE', values: [] };
  const each = datasets.map(
    ({ digest }) => `(m.dataset_name = ?${digest === undefined ? '' : ' AND m.dataset_digest = ?'})`,
  );
  const values = datasets.flatMap(({ name, digest }) => (digest === undefined ? [name] : [name, digest]));
  return { sql: `(${each.join(' OR ')})`, values };
}

function asksMetric(condition: Condition): boolean {
  return condition.kind === 'condition' ? condition.subject === 'metric' : condition.of.some(asksMetric);
}

/** Datasets without a metric condition: the model must have any metric on one of them. */
function measuredSql({ datasets, condition }: LoggedModelSearch): SqlPiece {
  if (datasets.length === 0 || asksMetric(condition)) return { sql: 'TRUE', values: [] };
  const on = datasetsSql(datasets);
  return {
    sql: `EXISTS (SELECT 1 FROM logged_model_metrics m WHERE m.model_id = l.model_id AND ${on.sql})`,
    values: on.values,
  };
}

function orderSql({ order, datasets }: LoggedModelSearch): SqlPiece {
  const sql: string[] = [];
  const values: (string | number)[] = [];
  for (const sort of order) {
    const direction = sort.ascending ? 'ASC' : 'DESC';
    if (sort.subject === 'attribute') {
      sql.push(`l.${sort.key} ${direction} NULLS LAST`);
      continue;
    }
    const latest = latestSql(sort.key, sort.dataset === undefined ? datasets : [sort.dataset]);
    sql.push(`${latest.sql} ${direction} NULLS LAST`);
    values.push(...latest.values);
  }
  const by = (key: string) => order.some((sort) => sort.subject === 'attribute' && sort.key === key);
  if (!by('creation_time')) sql.push('l.creation_time DESC');
  if (!by('model_id')) sql.push('l.model_id ASC');
  return { sql: sql.join(', '), values };
}
