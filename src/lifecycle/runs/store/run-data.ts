// Everything kept about a page of runs, read in a few statements whatever their number. What there may be thousands of
// comes as JSON that SQLite wrote: a client gets it in half the time that rows, objects and then their text would take.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { KeyValue } from '../batch';
import type { RunRecord } from '../run-record';
import { wireDouble } from './wire-double';

/** A dataset that went into a run, with the tags of that use. */
export interface DatasetInput {
  name: string;
  digest: string;
  sourceType: string;
  source: string;
  schema: string | null;
  profile: string | null;
  tags: KeyValue[];
}

/**
 * One run with its latest metrics, params, tags, inputs and outputs. The first three are JSON lists by key, as the
 * tracking API names their fields: `key`, `value`, and of a metric `timestamp` and `step`.
 */
export interface RunData {
  record: RunRecord;
  metrics: string;
  params: string;
  tags: string;
  datasets: DatasetInput[];
  modelInputs: { modelId: string }[];
  modelOutputs: { modelId: string; step: number }[];
}

type Owned<T> = T & { run: number };
type Listed = 'metrics' | 'params' | 'tags';
const these = 'IN (SELECT value FROM json_each(?))';
const chunk = 500;

/** The data of these runs, in their order. */
export function readRunData(database: Database, records: readonly RunRecord[]): RunData[] {
  const found: RunData[] = [];
  for (let at = 0; at < records.length; at += chunk) found.push(...readChunk(database, records.slice(at, at + chunk)));
  return found;
}

/** The data of a run that was made just now: nothing but its tags can be there yet. */
export function readNewRun(database: Database, record: RunRecord): RunData {
  const data = emptyData(record);
  readLists(database, 'tags', JSON.stringify([record.run]), new Map([[record.run, data]]));
  return data;
}

function readChunk(database: Database, records: readonly RunRecord[]): RunData[] {
  const runs = JSON.stringify(records.map((record) => record.run));
  const of = new Map(records.map((record) => [record.run, emptyData(record)]));
  readLists(database, 'metrics', runs, of);
  readLists(database, 'params', runs, of);
  readLists(database, 'tags', runs, of);
  readInputs(database, runs, of);
  readModels(database, runs, of);
  return [...of.values()];
}

function emptyData(record: RunRecord): RunData {
  return { record, metrics: '[]', params: '[]', tags: '[]', datasets: [], modelInputs: [], modelOutputs: [] };
}

const keyed = "json_object('key', key, 'value', value)";
const metric = `json_object('key', key, 'value', ${wireDouble('last_value', 'last_is_nan')},
  'timestamp', last_time, 'step', last_step)`;
const lists: Readonly<Record<Listed, string>> = {
  metrics: listsSql(metric, 'metric_series'),
  params: listsSql(keyed, 'params'),
  tags: listsSql(keyed, 'tags'),
};

function listsSql(item: string, table: string): string {
  return `SELECT run, json_group_array(${item}) AS list
    FROM (SELECT * FROM ${table} WHERE run ${these} ORDER BY run, key) GROUP BY run`;
}

function readLists(database: Database, what: Listed, runs: string, of: ReadonlyMap<number, RunData>): void {
  for (const { run, list } of prepared<[string], Owned<{ list: string }>>(database, lists[what]).all(runs)) {
    const data = of.get(run);
    if (data !== undefined) data[what] = list;
  }
}

function readInputs(database: Database, runs: string, of: ReadonlyMap<number, RunData>): void {
  const rows = prepared<[string], Owned<Omit<DatasetInput, 'tags'> & { dataset: number }>>(
    database,
    `SELECT i.run, i.dataset, d.name, d.digest, d.source_type AS sourceType, d.source, d.schema, d.profile
       FROM run_inputs i JOIN run_datasets d USING (dataset) WHERE i.run ${these} ORDER BY i.run, i.dataset`,
  ).all(runs);
  if (rows.length === 0) return;
  const tags = prepared<[string], Owned<KeyValue & { dataset: number }>>(
    database,
    `SELECT run, dataset, key, value FROM run_input_tags WHERE run ${these}`,
  ).all(runs);
  const byInput = Map.groupBy(tags, (tag) => `${tag.run} ${tag.dataset}`);
  for (const { run, dataset, ...input } of rows) {
    const own = byInput.get(`${run} ${dataset}`) ?? [];
    of.get(run)?.datasets.push({ ...input, tags: own.map(({ key, value }) => ({ key, value })) });
  }
}

function readModels(database: Database, runs: string, of: ReadonlyMap<number, RunData>): void {
  const rows = prepared<[string], Owned<{ modelId: string; direction: 'input' | 'output'; step: number }>>(
    database,
    `SELECT run, model_id AS modelId, direction, step FROM run_models WHERE run ${these}`,
  ).all(runs);
  for (const { run, modelId, direction, step } of rows) {
    const data = of.get(run);
    if (direction === 'input') data?.modelInputs.push({ modelId });
    else data?.modelOutputs.push({ modelId, step });
  }
}
