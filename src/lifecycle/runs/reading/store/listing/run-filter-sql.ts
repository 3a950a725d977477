// A filter of runs as SQL.
import type { Database } from '../../../../../platform/sqlite/database';
import type { RunState } from '../../../../../protocol/run';
import type { RunCondition, RunFilter } from '../../../../../protocol/runs/run-filter';
import { type ActivityClock, liveParents } from '../live-runs';
import { belowAnySql, childSql, topSql } from '../nested-runs';
import type { RunListing } from './run-list';

const textSql = `(instr(lower(r.name), ?) > 0 OR substr(r.run_id, 1, length(?)) = ?
  OR EXISTS (SELECT 1 FROM params p WHERE p.run = r.run AND instr(lower(p.value), ?) > 0)
  OR EXISTS (SELECT 1 FROM tags t WHERE t.run = r.run AND instr(lower(t.value), ?) > 0))`;
const tagSql = 'EXISTS (SELECT 1 FROM tags t WHERE t.run = r.run AND t.key = ? AND (? IS NULL OR t.value = ?))';
const datasetSql = `r.run IN (SELECT i.run FROM run_datasets d JOIN run_inputs i ON i.dataset = d.dataset
  WHERE d.name IN (SELECT value FROM json_each(?)))`;
const modelSql = `(r.run_id IN (SELECT m.source_run_id FROM logged_models m
    WHERE m.lifecycle_stage = 'active' AND m.name IN (SELECT value FROM json_each(?)))
  OR r.run IN (SELECT o.run FROM logged_models m JOIN run_models o ON o.model_id = m.model_id AND o.direction = 'output'
    WHERE m.lifecycle_stage = 'active' AND m.name IN (SELECT value FROM json_each(?))))`;

/** A condition on the rows `r` of runs and `e` of their experiments, with the values of its marks. */
export interface FilterSql {
  sql: string;
  values: unknown[];
}

/** The condition for the runs that a listing asks for. */
export function runFilterSql(database: Database, query: RunListing): FilterSql {
  const parts = [`r.lifecycle_stage = '${query.deleted === true ? 'deleted' : 'active'}'`];
  const values: unknown[] = [];
  const add = (sql: string, ...given: unknown[]): void => {
    parts.push(sql);
    values.push(...given);
  };
  if (query.experimentId !== undefined) add('r.experiment_id = ?', query.experimentId);
  if (query.below === null) add(topSql);
  else if (query.below !== undefined) add(childSql, query.below);
  const alternatives = [query, ...(query.or ?? []).map((each) => ({ ...query, ...cleared, ...each }))];
  const each = alternatives.map((alternative) => partSql(database, alternative));
  const either = each.map(({ sql }) => `(${sql || '1'})`).join(' OR ');
  add(each.length === 1 ? either : `(${either})`, ...each.flatMap((part) => part.values));
  return { sql: parts.join(' AND '), values };
}

/** What a further filter does not take over from the first one. */
const cleared: RunFilter = Object.fromEntries(
  ['text', 'states', 'tags', 'starred', 'archived', 'experiments', 'datasets', 'models', 'parents', 'where'].map(
    (name) => [name, undefined],
  ),
);

/** One filter, without those that stand beside it. */
function partSql(database: Database, query: RunListing): FilterSql {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (sql: string, ...given: unknown[]): void => {
    parts.push(sql);
    values.push(...given);
  };
  const archived = query.archived ?? 'without';
  if (archived !== 'with' && query.deleted !== true) add('r.archived = ?', archived === 'only' ? 1 : 0);
  if (query.starred === true) add('r.starred = 1');
  if (query.states !== undefined) addStates(database, query, add);
  const text = query.text?.trim().toLowerCase() ?? '';
  if (text !== '') add(textSql, text, text, text, text, text);
  for (const { key, value } of query.tags ?? []) add(tagSql, key, value, value);
  if (query.experiments !== undefined)
    add('e.name IN (SELECT value FROM json_each(?))', JSON.stringify(query.experiments));
  if (query.datasets !== undefined) add(datasetSql, JSON.stringify(query.datasets));
  if (query.models !== undefined) add(modelSql, ...Array<string>(2).fill(JSON.stringify(query.models)));
  if (query.parents !== undefined) add(belowAnySql, JSON.stringify(query.parents));
  for (const each of query.where ?? []) add(...conditionSql(each));
  return { sql: parts.join(' AND '), values };
}

/** The sign is one of those the filter knows. `!=` finds runs without such a value, too, as its words say. */
function conditionSql({ of, key, is, value }: RunCondition): [string, ...unknown[]] {
  if (is === '!=') {
    const [sql, ...values] = conditionSql({ of, key, is: '=', value });
    return [`NOT ${sql}`, ...values];
  }
  if (of === 'metric') {
    // By the index of a metric's values, once, and not run by run.
    const sql = `r.run IN (SELECT s.run FROM metric_series s
      WHERE s.key = ? AND s.last_value ${is} ? AND s.last_is_nan = 0)`;
    return [sql, key, Number(value)];
  }
  const number = Number(value);
  const same = is === '=' ? ' OR p.value = ?' : '';
  const isNumeric = value.trim() !== '' && Number.isFinite(number);
  const compared = isNumeric
    ? `((p.value GLOB '[-+.0-9]*' AND CAST(p.value AS REAL) ${is} ?)${same})`
    : `p.value ${is} ?`;
  const given = isNumeric ? [number, ...(is === '=' ? [value] : [])] : [value];
  return [`EXISTS (SELECT 1 FROM params p WHERE p.run = r.run AND p.key = ? AND ${compared})`, key, ...given];
}

function addStates(database: Database, query: RunListing, add: (sql: string, ...values: unknown[]) => void): void {
  const parents = JSON.stringify([...liveParents(database, query)]);
  const states = [...new Set(query.states)].map((state) => stateFilter(state, query, parents));
  add(`(${states.map((state) => state.sql).join(' OR ') || '0'})`, ...states.flatMap((state) => state.values));
}

function stateFilter(state: RunState, clock: ActivityClock, parents: string): FilterSql {
  const heard = '(r.last_activity >= ? OR r.run_id IN (SELECT value FROM json_each(?)))';
  const alive = `(r.recorded = 1 OR (r.lifecycle_stage = 'active' AND ${heard}))`;
  const values = [clock.now - clock.silence, parents];
  switch (state) {
    case 'running':
      return { sql: `(r.status = 'RUNNING' AND ${alive})`, values };
    case 'unknown':
      return { sql: `(r.status = 'RUNNING' AND NOT ${alive})`, values };
    case 'queued':
      return { sql: `r.status = 'SCHEDULED'`, values: [] };
    case 'finished':
      return { sql: `r.status = 'FINISHED'`, values: [] };
    case 'failed':
      return { sql: `r.status = 'FAILED'`, values: [] };
    case 'killed':
      return { sql: `r.status = 'KILLED'`, values: [] };
  }
}
