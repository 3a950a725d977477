// Everything about one run that fits a page; and runs as the command line prints them.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { toWire } from '../../../../protocol/number';
import type { RunDetail, RunRecordJson, RunStatus } from '../../../../protocol/run';
import type { MetricRules } from '../metric-direction';
import type { ActivityClock } from './live-runs';
import { RunSummaries, type SummaryRow, summaryColumns } from './run-summaries';

interface KeyValue {
  key: string;
  value: string;
}

/** A run in full, whether active or in the trash, without its recording. Throws SlipwayError `not-found`. */
export function runDetail(
  database: Database,
  query: { runId: string; rules: MetricRules } & ActivityClock,
): Omit<RunDetail, 'recording'> {
  const row = database
    .prepare<[string], SummaryRow & { userId: string; artifactUri: string }>(
      `SELECT ${summaryColumns}, r.user_id AS userId, r.artifact_uri AS artifactUri
       FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id WHERE r.run_id = ?`,
    )
    .get(query.runId);
  if (row === undefined) throw new SlipwayError('not-found', `There is no run ${query.runId}.`);
  const { userId, artifactUri, ...summaryRow } = row;
  const metrics = database
    .prepare<[number], { count: number }>('SELECT count(*) AS count FROM metric_series WHERE run = ?')
    .get(row.run);
  return {
    ...new RunSummaries(database, query).of(summaryRow),
    userId,
    artifactUri,
    params: paramsOf(database, row.run),
    tags: tagsOf(database, row.run),
    metricCount: metrics?.count ?? 0,
    datasets: datasetsOf(database, row.run),
    models: modelsOf(database, row.run, row.runId),
  };
}

/** The runs with these ids as the command line prints them, in that order; ids without a run are left out. */
export function runRecords(database: Database, query: { runIds: readonly string[] }): RunRecordJson[] {
  const find = database.prepare<[string], RecordRow>(
    `SELECT run, run_id, experiment_id, name, status, start_time, end_time FROM runs WHERE run_id = ?`,
  );
  return query.runIds
    .map((runId) => find.get(runId))
    .filter((row) => row !== undefined)
    .map(({ run, ...row }) => ({
      ...row,
      params: Object.fromEntries(paramsOf(database, run).map(({ key, value }) => [key, value])),
      metrics: lastMetrics(database, run),
      tags: Object.fromEntries(tagsOf(database, run).map(({ key, value }) => [key, value])),
    }));
}

interface RecordRow {
  run: number;
  run_id: string;
  experiment_id: string;
  name: string;
  status: RunStatus;
  start_time: number;
  end_time: number | null;
}

function lastMetrics(database: Database, run: number): RunRecordJson['metrics'] {
  const rows = database
    .prepare<[number], { key: string; value: number; nan: number }>(
      'SELECT key, last_value AS value, last_is_nan AS nan FROM metric_series WHERE run = ? ORDER BY key',
    )
    .all(run);
  return Object.fromEntries(rows.map((row) => [row.key, row.nan === 1 ? 'NaN' : toWire(row.value)]));
}

function paramsOf(database: Database, run: number): KeyValue[] {
  return database.prepare<[number], KeyValue>('SELECT key, value FROM params WHERE run = ? ORDER BY key').all(run);
}

function tagsOf(database: Database, run: number): KeyValue[] {
  return database.prepare<[number], KeyValue>('SELECT key, value FROM tags WHERE run = ? ORDER BY key').all(run);
}

function datasetsOf(database: Database, run: number): RunDetail['datasets'] {
  return database
    .prepare<[number], { name: string; digest: string; context: string | null }>(
      `SELECT d.name, d.digest, t.value AS context
       FROM run_inputs i JOIN run_datasets d ON d.dataset = i.dataset
       LEFT JOIN run_input_tags t ON t.run = i.run AND t.dataset = i.dataset AND t.key = 'mlflow.data.context'
       WHERE i.run = ? ORDER BY d.name, d.digest`,
    )
    .all(run);
}

function modelsOf(database: Database, run: number, runId: string): RunDetail['models'] {
  return database
    .prepare<[string, number], { modelId: string; name: string; status: string }>(
      `SELECT model_id AS modelId, name, status FROM logged_models
       WHERE lifecycle_stage = 'active' AND (source_run_id = ?
         OR model_id IN (SELECT model_id FROM run_models WHERE run = ? AND direction = 'output'))
       ORDER BY creation_time, model_id`,
    )
    .all(runId, run);
}
