// What can be done with logged models.
import { SlipwayError } from '../../../base/errors';
import { newModelId } from '../../../base/ids';
import type { KeyValue, MetricInput } from '../batch';
import type { RunsContext } from '../context';
import type { Experiments } from '../experiments/experiments';
import { randomRunName } from '../run-names';
import { type LoggedModelRow, LoggedModelStore, readLoggedModels } from '../store/logged-model-store';
import { checkLoggedModelName, type LoggedModelRecord, type LoggedModelStatus } from './logged-model';

/** What a new logged model is given. */
export interface CreateLoggedModelInput {
  experimentId: string;
  name?: string;
  modelType?: string;
  sourceRunId?: string;
  params?: readonly KeyValue[];
  tags?: readonly KeyValue[];
}

/** Creates, finishes, tags and deletes logged models. */
export class LoggedModels {
  readonly #context: RunsContext;
  readonly #experiments: Experiments;
  readonly #store: LoggedModelStore;

  constructor(context: RunsContext, experiments: Experiments) {
    this.#context = context;
    this.#experiments = experiments;
    this.#store = new LoggedModelStore(context.database);
  }

  /** Creates a pending model. Throws `invalid` for a bad name or a deleted experiment. */
  create(input: CreateLoggedModelInput): LoggedModelRecord {
    if (input.name !== undefined) checkLoggedModelName(input.name);
    const experiment = this.#experiments.active(input.experimentId);
    const modelId = newModelId();
    this.#context.database
      .transaction(() => {
        this.#store.insert({
          modelId,
          experimentId: experiment.experimentId,
          name: input.name || randomRunName(),
          artifactUri: `${experiment.artifactLocation}/models/${modelId}/artifacts`,
          modelType: input.modelType ?? '',
          sourceRunId: input.sourceRunId || null,
          creationTime: this.#context.now(),
        });
        for (const param of input.params ?? []) this.#store.addParam(modelId, param);
        for (const tag of input.tags ?? []) this.#store.setTag(modelId, tag);
      })
      .immediate();
    if (input.sourceRunId) this.#context.events.runChanged(input.sourceRunId);
    return this.get(modelId);
  }

  /** True when a model was logged by that run. */
  hasSource(runId: string): boolean {
    return this.#store.hasSource(runId);
  }

  /** Ids and artifact addresses of the models that came out of a run and are not deleted, the oldest first. */
  ofRun(run: number, runId: string): { modelId: string; artifactUri: string }[] {
    return this.#store.ofRun(run, runId);
  }

  /** The model. Throws `not-found` when there is none, or only a deleted one and `deletedToo` is not set. */
  get(modelId: string, deletedToo = false): LoggedModelRecord {
    const row = this.#row(modelId);
    const [record] = readLoggedModels(this.#context.database, [row]);
    if (record === undefined || (row.lifecycle_stage === 'deleted' && !deletedToo)) throw notFound(modelId);
    return record;
  }

  /** Says how the upload ended and returns the model. */
  finalize(modelId: string, status: LoggedModelStatus): LoggedModelRecord {
    const row = this.#row(modelId);
    this.#store.setStatus(modelId, status, this.#context.now());
    this.#changed(row);
    return this.get(modelId, true);
  }

  /** Moves the model to the trash. */
  delete(modelId: string): void {
    const row = this.#row(modelId);
    this.#store.delete(modelId, this.#context.now());
    this.#changed(row);
  }

  /** Adds params, the same again or others. Throws `invalid` for another value of a key that is there. */
  logParams(modelId: string, params: readonly KeyValue[]): void {
    const known = new Map(this.get(modelId, true).params.map(({ key, value }) => [key, value]));
    for (const { key, value } of params) {
      const old = known.get(key);
      if (old === undefined || old === value) continue;
      const change = `was already logged with value='${old}' for model ID='${modelId}'. Attempted logging new value '${value}'.`;
      throw new SlipwayError('invalid', `Changing param values is not allowed. Param with key='${key}' ${change}`);
    }
    this.#context.database
      .transaction(() => {
        for (const param of params) this.#store.addParam(modelId, param);
      })
      .immediate();
  }

  /** Sets or replaces tags. */
  setTags(modelId: string, tags: readonly KeyValue[]): void {
    this.#row(modelId);
    this.#context.database
      .transaction(() => {
        for (const tag of tags) this.#store.setTag(modelId, tag);
      })
      .immediate();
  }

  /** Removes a tag. Throws `not-found` when the model has no such tag. */
  deleteTag(modelId: string, key: string): void {
    this.#row(modelId);
    if (!this.#store.deleteTag(modelId, key)) {
      throw new SlipwayError('not-found', `No tag with key '${key}' found for model with ID '${modelId}'.`);
    }
  }

  /**
   * Keeps what a run measured on models; call it inside the transaction that writes the run's own points. Throws
   * `invalid` for a model that was never made.
   */
  addMetrics(runId: string, metrics: readonly MetricInput[]): void {
    let last: string | undefined;
    for (const metric of metrics) {
      if (!metric.modelId) continue;
      if (metric.modelId !== last && this.#store.byId(metric.modelId) === undefined) {
        throw new SlipwayError('invalid', notFound(metric.modelId).message);
      }
      last = metric.modelId;
      this.#store.addMetric(runId, metric);
    }
  }

  #row(modelId: string): LoggedModelRow {
    const row = this.#store.byId(modelId);
    if (row === undefined) throw notFound(modelId);
    return row;
  }

  #changed(row: LoggedModelRow): void {
    if (row.source_run_id !== null) this.#context.events.runChanged(row.source_run_id);
  }
}

function notFound(modelId: string): SlipwayError {
  return new SlipwayError('not-found', `Logged model with ID '${modelId}' not found.`);
}
