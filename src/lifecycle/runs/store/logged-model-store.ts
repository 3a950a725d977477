// The logged_models table with its params, tags and metrics.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { KeyValue, MetricInput } from '../batch';
import type { LoggedModelMetric, LoggedModelRecord, LoggedModelStatus } from '../logged-models/logged-model';
import type { LifecycleStage } from '../run-record';
import { exactInteger } from './exact-integer';

/** A logged model's columns, as SQLite returns them. */
export interface LoggedModelRow {
  model_id: string;
  experiment_id: string;
  name: string;
  artifact_uri: string;
  status: LoggedModelStatus;
  status_message: string | null;
  model_type: string;
  source_run_id: string | null;
  creation_time: number;
  last_update_time: number;
  lifecycle_stage: LifecycleStage;
}

/** What a new logged model's row holds. */
export type NewLoggedModel = Pick<
  LoggedModelRecord,
  'modelId' | 'experimentId' | 'name' | 'artifactUri' | 'modelType' | 'sourceRunId' | 'creationTime'
>;

/** Writes logged models; knows no rule. */
export class LoggedModelStore {
  readonly #insert: Statement;
  readonly #byId: Statement<[string], LoggedModelRow>;
  readonly #hasSource: Statement<[string]>;
  readonly #ofRun: Statement<[string, number], { modelId: string; artifactUri: string }>;
  readonly #setStatus: Statement;
  readonly #delete: Statement;
  readonly #insertParam: Statement;
  readonly #setTag: Statement;
  readonly #deleteTag: Statement;
  readonly #insertMetric: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO logged_models (model_id, experiment_id, name, artifact_uri, status, model_type, source_run_id,
         creation_time, last_update_time)
       VALUES (?, ?, ?, ?, 'PENDING', ?, ?, ?, ?)`,
    );
    this.#hasSource = database.prepare('SELECT 1 FROM logged_models WHERE source_run_id = ? LIMIT 1');
    this.#ofRun = database.prepare(
      `SELECT model_id AS modelId, artifact_uri AS artifactUri FROM logged_models
       WHERE lifecycle_stage = 'active' AND (source_run_id = ?
         OR model_id IN (SELECT model_id FROM run_models WHERE run = ? AND direction = 'output'))
       ORDER BY creation_time, model_id`,
    );
    this.#byId = database.prepare('SELECT * FROM logged_models WHERE model_id = ?');
    this.#setStatus = database.prepare('UPDATE logged_models SET status = ?, last_update_time = ? WHERE model_id = ?');
    this.#delete = database.prepare(
      `UPDATE logged_models SET lifecycle_stage = 'deleted', last_update_time = ? WHERE model_id = ?`,
    );
    this.#insertParam = database.prepare(
      'INSERT OR IGNORE INTO logged_model_params (model_id, key, value) VALUES (?, ?, ?)',
    );
    this.#setTag = database.prepare('INSERT OR REPLACE INTO logged_model_tags (model_id, key, value) VALUES (?, ?, ?)');
    this.#deleteTag = database.prepare('DELETE FROM logged_model_tags WHERE model_id = ? AND key = ?');
    // A metric may name a model that this database never saw; the run keeps the point all the same.
    this.#insertMetric = database.prepare(
      `INSERT OR IGNORE INTO logged_model_metrics
         (model_id, key, time, step, run_id, value, is_nan, dataset_name, dataset_digest)
       SELECT model_id, ?, ?, ?, ?, ?, ?, ?, ? FROM logged_models WHERE model_id = ?`,
    );
  }

  /** Adds a pending model. */
  insert(model: NewLoggedModel): void {
    const { modelId, experimentId, name, artifactUri, modelType, sourceRunId, creationTime: time } = model;
    this.#insert.run(modelId, experimentId, name, artifactUri, modelType, sourceRunId, time, time);
  }

  /** True when a model, deleted or not, came out of that run. */
  hasSource(runId: string): boolean {
    return this.#hasSource.get(runId) !== undefined;
  }

  /** The models that came out of a run and are not deleted. */
  ofRun(run: number, runId: string): { modelId: string; artifactUri: string }[] {
    return this.#ofRun.all(runId, run);
  }

  /** The model's own row, whatever its stage. */
  byId(modelId: string): LoggedModelRow | undefined {
    return this.#byId.get(modelId);
  }

  /** Says how the upload ended. */
  setStatus(modelId: string, status: LoggedModelStatus, time: number): void {
    this.#setStatus.run(status, time, modelId);
  }

  /** Moves the model to the trash. */
  delete(modelId: string, time: number): void {
    this.#delete.run(time, modelId);
  }

  /** Adds a param unless its key is taken. */
  addParam(modelId: string, param: KeyValue): void {
    this.#insertParam.run(modelId, param.key, param.value);
  }

  /** Sets or replaces one tag. */
  setTag(modelId: string, tag: KeyValue): void {
    this.#setTag.run(modelId, tag.key, tag.value);
  }

  /** Removes one tag; false when there was none. */
  deleteTag(modelId: string, key: string): boolean {
    return this.#deleteTag.run(modelId, key).changes > 0;
  }

  /** Adds a point a run measured on the model it names, unless it is there or the model is unknown. */
  addMetric(runId: string, metric: MetricInput): void {
    const nan = Number.isNaN(metric.value) ? 1 : 0;
    const value = nan === 1 ? 0 : metric.value;
    const { key, time, step, datasetName = '', datasetDigest = '', modelId } = metric;
    this.#insertMetric.run(key, time, step, runId, value, nan, datasetName, datasetDigest, modelId);
  }
}

/** Models with everything kept about them, in the order of their rows. */
export function readLoggedModels(database: Database, rows: readonly LoggedModelRow[]): LoggedModelRecord[] {
  const ids = JSON.stringify(rows.map((row) => row.model_id));
  const these = 'WHERE model_id IN (SELECT value FROM json_each(?))';
  const of = new Map(rows.map((row) => [row.model_id, recordOf(row)]));
  type Keyed = KeyValue & { id: string };
  const keyed = (table: string): Keyed[] =>
    database.prepare<[string], Keyed>(`SELECT model_id AS id, key, value FROM ${table} ${these} ORDER BY key`).all(ids);
  for (const { id, key, value } of keyed('logged_model_params')) of.get(id)?.params.push({ key, value });
  for (const { id, key, value } of keyed('logged_model_tags')) of.get(id)?.tags.push({ key, value });
  const metrics = database
    .prepare<[string], LoggedModelMetric & { id: string; nan: number }>(
      `SELECT model_id AS id, key, value, is_nan AS nan, time, ${exactInteger('step')} AS step, run_id AS runId,
         dataset_name AS datasetName, dataset_digest AS datasetDigest
       FROM logged_model_metrics ${these}`,
    )
    .all(ids);
  for (const { id, nan, ...metric } of metrics) {
    of.get(id)?.metrics.push(nan === 1 ? { ...metric, value: Number.NaN } : metric);
  }
  return [...of.values()];
}

function recordOf(row: LoggedModelRow): LoggedModelRecord {
  return {
    modelId: row.model_id,
    experimentId: row.experiment_id,
    name: row.name,
    artifactUri: row.artifact_uri,
    status: row.status,
    statusMessage: row.status_message,
    modelType: row.model_type,
    sourceRunId: row.source_run_id,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    params: [],
    tags: [],
    metrics: [],
  };
}
