// Finds runs by condition and order. A pure function of the database, so that a reader thread can run it too.
import type { Database } from '../../../platform/sqlite/database';
import { prepared, preparedLately } from '../../../platform/sqlite/prepared';
import type { RunRecord } from '../run-record';
import type { Condition, SimpleCondition, SortKey } from '../search/condition';
import { compareSql, conditionSql, keyedSql, type RowTest, type SqlPiece, stagesOf } from './condition-sql';
import { type RunRow, runOf } from './run-store';

/** Which runs, in what order: `limit` of them after the first `offset`. */
export interface RunSearch {
  experimentIds: readonly string[];
  view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
  condition: Condition;
  order: readonly SortKey[];
  limit: number;
  offset: number;
}

const columns: Readonly<Record<string, string>> = {
  run_id: 'r.run_id',
  run_name: 'r.name',
  user_id: 'r.user_id',
  status: 'r.status',
  artifact_uri: 'r.artifact_uri',
  start_time: 'r.start_time',
  end_time: 'r.end_time',
};

/** The runs found, and whether there are more after them. */
export function searchRuns(database: Database, search: RunSearch): { runs: RunRecord[]; more: boolean } {
  const rows = isReadByMetric(database, search) ? readByMetric(database, search) : sorted(database, search);
  return { runs: rows.slice(0, search.limit).map(runOf), more: rows.length > search.limit };
}

/** Runs that a selection may hold: its rows are named `r`. `leading` joins come before the runs, in this order. */
interface Selection {
  leading?: string;
  joins: string;
  and?: string;
  by: string;
  values: string[];
  lastValues?: string[];
}

function select(search: RunSearch, what: string, selection: Selection): { sql: string; values: unknown[] } {
  const where = conditionSql(search.condition, comparison);
  const sql = `SELECT ${what} FROM ${selection.leading ?? 'runs r'} ${selection.joins}
    WHERE r.experiment_id IN (SELECT value FROM json_each(?))
      AND r.lifecycle_stage IN (SELECT value FROM json_each(?)) AND ${where.sql} ${selection.and ?? ''}`;
  const experiments = [JSON.stringify(search.experimentIds), stagesOf(search.view)];
  return { sql, values: [...selection.values, ...experiments, ...where.values, ...(selection.lastValues ?? [])] };
}

function sorted(database: Database, search: RunSearch): RunRow[] {
  return page(database, search, orderSql(search.order), { most: search.limit + 1, offset: search.offset });
}

function page(
  database: Database,
  search: RunSearch,
  selection: Selection,
  { most, offset }: { most: number; offset: number },
): RunRow[] {
  const { sql, values } = select(search, 'r.*', selection);
  const text = `${sql} ORDER BY ${selection.by} LIMIT ? OFFSET ?`;
  return preparedLately<unknown[], RunRow>(database, text).all(...values, most, offset);
}

/** True when the order begins with a metric and the experiments hold so many runs that they are not to be sorted. */
function isReadByMetric(database: Database, { experimentIds, order }: RunSearch): boolean {
  if (order[0]?.subject !== 'metric') return false;
  const all = prepared<[], number>(database, 'SELECT max(run) FROM runs').pluck().get() ?? 0;
  // Of a metric that many other experiments have as well, most of the index would be read in vain.
  const enough = Math.max(2000, Math.floor(all / 20));
  return countCandidates(database, experimentIds, enough) >= enough;
}

/** In the order of `sorted`: the runs with a value from the index of the metric's values, then NaN, then those without. */
function readByMetric(database: Database, search: RunSearch): RunRow[] {
  const [first, ...rest] = search.order;
  if (first === undefined) return [];
  const { joins, by, values } = orderSql(rest);
  const key = first.key;
  const index = 'metric_series f CROSS JOIN runs r ON r.run = f.run AND f.key = ?';
  const direction = first.ascending ? 'ASC' : 'DESC';
  const selections: Selection[] = [
    {
      leading: index,
      joins,
      and: 'AND f.last_is_nan = 0',
      by: `f.last_value ${direction}, ${by}`,
      values: [key, ...values],
    },
    { leading: index, joins, and: 'AND f.last_is_nan = 1', by, values: [key, ...values] },
    {
      joins,
      and: 'AND NOT EXISTS (SELECT 1 FROM metric_series f WHERE f.run = r.run AND f.key = ?)',
      by,
      values,
      lastValues: [key],
    },
  ];
  const rows: RunRow[] = [];
  let { offset } = search;
  for (const selection of selections) {
    const found = page(database, search, selection, { most: search.limit + 1 - rows.length, offset });
    rows.push(...found);
    if (rows.length > search.limit) break;
    // All of this selection lies before the page, or the page goes on in the next one.
    offset = found.length > 0 || offset === 0 ? 0 : offset - count(database, search, selection);
  }
  return rows;
}

function count(database: Database, search: RunSearch, selection: Selection): number {
  const { sql, values } = select(search, 'count(*)', selection);
  return (
    database
      .prepare<unknown[], number>(sql)
      .pluck()
      .get(...values) ?? 0
  );
}

/** The runs with these numbers, in this order; one that is gone is left out. */
export function readRuns(database: Database, runs: readonly number[]): RunRecord[] {
  const sql = 'SELECT * FROM runs WHERE run IN (SELECT value FROM json_each(?))';
  const found = prepared<[string], RunRow>(database, sql).all(JSON.stringify(runs));
  const byNumber = new Map(found.map((row) => [row.run, runOf(row)]));
  return runs.flatMap((run) => byNumber.get(run) ?? []);
}

/** The ids of the experiments that are not deleted. */
export function experimentIdsInUse(database: Database): string[] {
  return database
    .prepare<[], string>(`SELECT experiment_id FROM experiments WHERE lifecycle_stage = 'active'`)
    .pluck()
    .all();
}

/** How many runs a search has to look at, counted up to `most`. */
export function countCandidates(database: Database, experimentIds: readonly string[], most: number): number {
  const row = prepared<[string, number], { count: number }>(
    database,
    `SELECT count(*) AS count FROM
       (SELECT 1 FROM runs WHERE experiment_id IN (SELECT value FROM json_each(?)) LIMIT ?)`,
  ).get(JSON.stringify(experimentIds), most);
  return row?.count ?? 0;
}

function comparison(condition: SimpleCondition): SqlPiece | RowTest {
  switch (condition.subject) {
    case 'attribute':
      return compareSql(columns[condition.key] ?? 'NULL', condition.operator, condition.value);
    case 'metric':
      return metricSql(condition);
    case 'dataset':
      return datasetSql(condition);
    default:
      return keyedSql(condition.subject === 'param' ? 'params' : 'tags', 'k.run = r.run', condition);
  }
}

/** NaN is unequal to everything and neither less nor more. */
function metricSql(condition: SimpleCondition): RowTest {
  const compared = compareSql('m.last_value', condition.operator, condition.value);
  const nan = condition.operator === '!=' ? 'OR m.last_is_nan = 1' : 'AND m.last_is_nan = 0';
  return {
    from: { sql: 'SELECT 1 FROM metric_series m WHERE m.run = r.run AND m.key = ?', values: [condition.key] },
    test: { sql: `(${compared.sql} ${nan})`, values: compared.values },
  };
}

function datasetSql(condition: SimpleCondition): SqlPiece {
  if (condition.key === 'context') {
    const compared = compareSql('t.value', condition.operator, condition.value);
    return {
      sql: `EXISTS (SELECT 1 FROM run_input_tags t WHERE t.run = r.run AND t.key = 'mlflow.data.context' AND ${compared.sql})`,
      values: compared.values,
    };
  }
  const compared = compareSql(condition.key === 'name' ? 'd.name' : 'd.digest', condition.operator, condition.value);
  return {
    sql: `EXISTS (SELECT 1 FROM run_inputs i JOIN run_datasets d USING (dataset) WHERE i.run = r.run AND ${compared.sql})`,
    values: compared.values,
  };
}

/** Runs with a value first, then NaN, then those without, whichever the direction; newest first among equals. */
function orderSql(order: readonly SortKey[]): { joins: string; by: string; values: string[] } {
  const joins: string[] = [];
  const by: string[] = [];
  const values: string[] = [];
  order.forEach((sort, index) => {
    const direction = sort.ascending ? 'ASC' : 'DESC';
    if (sort.subject === 'attribute') {
      const column = columns[sort.key] ?? 'NULL';
      by.push(`${column} IS NULL`, `${column} ${direction}`);
      return;
    }
    const alias = `o${index}`;
    const table = { metric: 'metric_series', param: 'params', tag: 'tags' }[sort.subject];
    joins.push(`LEFT JOIN ${table} ${alias} ON ${alias}.run = r.run AND ${alias}.key = ?`);
    values.push(sort.key);
    if (sort.subject === 'metric') {
      by.push(`COALESCE(${alias}.last_is_nan, 2)`, `${alias}.last_value ${direction}`);
    } else {
      by.push(`${alias}.value IS NULL`, `${alias}.value ${direction}`);
    }
  });
  if (!order.some((sort) => sort.subject === 'attribute' && sort.key === 'start_time')) by.push('r.start_time DESC');
  by.push('r.run_id');
  return { joins: joins.join(' '), by: by.join(', '), values };
}
