// Everything kept about a page of runs, read in a few statements whatever their number.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { WireInteger } from '../../../protocol/number';
import type { KeyValue } from '../batch';
import type { RunRecord } from '../run-record';
import { exactInteger } from './exact-integer';

/** A metric's latest point. */
export interface LatestMetric {
  key: string;
  value: number;
  time: number;
  step: WireInteger;
}

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

/** One run with its params, tags, latest metrics, inputs and outputs. */
export interface RunData {
  record: RunRecord;
  metrics: LatestMetric[];
  params: KeyValue[];
  tags: KeyValue[];
  datasets: DatasetInput[];
  modelInputs: { modelId: string }[];
  modelOutputs: { modelId: string; step: number }[];
}

type Owned<T> = T & { run: number };
const these = 'IN (SELECT value FROM json_each(?))';
const chunk = 500;

/** The data of these runs, in their order. */
export function readRunData(database: Database, records: readonly RunRecord[]): RunData[] {
  const found: RunData[] = [];
  for (let at = 0; at < records.length; at += chunk) found.push(...readChunk(database, records.slice(at, at + chunk)));
  return found;
}

function readChunk(database: Database, records: readonly RunRecord[]): RunData[] {
  const runs = JSON.stringify(records.map((record) => record.run));
  const of = new Map<number, RunData>();
  for (const record of records) {
    of.set(record.run, {
      record,
      metrics: [],
      params: [],
      tags: [],
      datasets: [],
      modelInputs: [],
      modelOutputs: [],
    });
  }
  readMetrics(database, runs, of);
  for (const { run, key, value } of readKeyed(database, 'params', runs)) of.get(run)?.params.push({ key, value });
  for (const { run, key, value } of readKeyed(database, 'tags', runs)) of.get(run)?.tags.push({ key, value });
  readInputs(database, runs, of);
  readModels(database, runs, of);
  return [...of.values()];
}

function readKeyed(database: Database, table: 'params' | 'tags', runs: string): Owned<KeyValue>[] {
  const sql = `SELECT run, key, value FROM ${table} WHERE run ${these} ORDER BY run, key`;
  return prepared<[string], Owned<KeyValue>>(database, sql).all(runs);
}

function readMetrics(database: Database, runs: string, of: ReadonlyMap<number, RunData>): void {
  const rows = prepared<[string], Owned<LatestMetric & { nan: number }>>(
    database,
    `SELECT run, key, last_value AS value, last_time AS time, ${exactInteger('last_step')} AS step, last_is_nan AS nan
       FROM metric_series WHERE run ${these} ORDER BY run, key`,
  ).all(runs);
  for (const { run, key, value, time, step, nan } of rows) {
    of.get(run)?.metrics.push({ key, value: nan === 1 ? Number.NaN : value, time, step });
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
