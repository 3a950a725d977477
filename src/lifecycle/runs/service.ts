// The one write path of runs: every surface (MLflow REST, recorded files, imports) goes through here.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SlipwayError } from '../../base/errors';
import { newRunId } from '../../base/ids';
import type { RunStatus } from '../../protocol/run';
import { parentTag } from '../../protocol/runs/run-tag';
import type { BatchInput, KeyValue, MetricInput } from './batch';
import type { RunsContext } from './context';
import { Experiments } from './experiments/experiments';
import { LoggedModels } from './logged-models/logged-models';
import { RunQueries } from './queries';
import { changedParam, changedParams, checkedBatch, type RefusedParam } from './rules/batch-rules';
import { checkDatasetInput } from './rules/dataset-input';
import { checkedParam, checkedTag, checkMetric, checkRunId } from './rules/validation';
import { randomRunName } from './run-names';
import type { RunRecord } from './run-record';
import { InputStore } from './store/input-store';
import { MetricStore } from './store/points/metric-store';
import type { DatasetInput } from './store/run-data';
import { type NewRun, RunStore } from './store/run-store';

const runNameTag = 'mlflow.runName';
const modelHistoryTag = 'mlflow.log-model.history';
const touchEvery = 1000;

/** What a new run is given; `startTime` in epoch milliseconds. */
export interface CreateRunInput {
  runId?: string;
  experimentId: string;
  userId: string;
  name?: string;
  startTime: number;
  tags?: readonly KeyValue[];
  recorded?: boolean;
}

/** What is remembered of an active run: its row, and when its last activity was written. */
interface ActiveRun {
  runId: string;
  run: number;
  touched: number;
}

/** Creates and changes runs. Every action is one transaction; inside an outer one it is a savepoint of it. */
export class RunsService {
  readonly experiments: Experiments;
  readonly models: LoggedModels;
  readonly queries: RunQueries;
  readonly context: RunsContext;
  readonly #runs: RunStore;
  readonly #metrics: MetricStore;
  readonly #inputs: InputStore;
  readonly #active = new Map<string, ActiveRun>();
  readonly #write: (runId: string, batch: BatchInput, alone: boolean) => void;

  constructor(options: RunsContext) {
    this.context = options;
    this.#runs = new RunStore(options.database);
    this.#metrics = new MetricStore(options.database);
    this.#inputs = new InputStore(options.database);
    this.experiments = new Experiments(options, {
      setStageOfRuns: (experimentId, stage, time) => {
        this.#active.clear();
        this.#runs.setStageOfExperiment(experimentId, stage, time);
      },
    });
    this.models = new LoggedModels(options, this.experiments);
    this.queries = new RunQueries(options.database);
    // Immediate, here and everywhere: a transaction that first reads and then finds another program writing fails at
    // once, one that begins by writing waits for it.
    this.#write = options.database.transaction((runId: string, batch: BatchInput, alone: boolean) =>
      this.#writeBatch(runId, batch, alone),
    ).immediate;
  }

  /** Creates an experiment and returns its id; see `Experiments.create`. */
  createExperiment(input: { name: string; artifactLocation?: string; tags?: readonly KeyValue[] }): string {
    return this.experiments.create(input);
  }

  /** The id of the experiment with that name, created when there is none. */
  ensureExperiment(name: string): string {
    return this.experiments.ensure(name);
  }

  /**
   * Creates a running run and returns its row. Throws `invalid` when the experiment is deleted or two different names
   * are given, `already-exists` for an id that is taken.
   */
  createRun(input: CreateRunInput): RunRecord {
    const experiment = this.experiments.active(input.experimentId);
    const runId = input.runId ?? newRunId();
    checkRunId(runId);
    const name = nameOf(input);
    const tags = new Map((input.tags ?? []).map((tag) => [tag.key, tag]));
    tags.set(runNameTag, { key: runNameTag, value: name });
    const created: NewRun = {
      runId,
      experimentId: experiment.experimentId,
      name,
      userId: input.userId,
      startTime: input.startTime,
      artifactUri: `${experiment.artifactLocation}/${runId}/artifacts`,
      recorded: input.recorded ?? false,
      lastActivity: this.context.now(),
    };
    const record = this.context.database
      .transaction(() => {
        if (this.#runs.byId(runId) !== undefined) {
          throw new SlipwayError('already-exists', `A run with id=${runId} already exists.`);
        }
        const inserted = this.#runs.insert(created);
        for (const tag of tags.values()) this.#runs.setTag(inserted.run, tag);
        return inserted;
      })
      .immediate();
    this.context.events.runChanged(runId);
    if (tags.has(parentTag)) this.#tellParent(record.run);
    return record;
  }

  /**
   * Changes status, end time or name of an active run, which was heard of now, and returns its row. Throws `not-found`, or
   * `invalid` for a deleted run.
   */
  updateRun(runId: string, change: { status?: RunStatus; endTime?: number | null; name?: string }): RunRecord {
    const record = this.getActive(runId);
    const changed = {
      status: change.status ?? record.status,
      endTime: change.endTime === undefined ? record.endTime : change.endTime,
      name: change.name || record.name,
      lastActivity: this.context.now(),
    };
    this.context.database
      .transaction(() => {
        this.#runs.update(record.run, changed);
        if (change.name) this.#runs.setTag(record.run, { key: runNameTag, value: changed.name });
      })
      .immediate();
    this.context.events.runChanged(runId);
    return { ...record, ...changed };
  }

  /** Says when a run was last heard of, in milliseconds since 1970. Throws `not-found`. */
  setActivity(runId: string, time: number): void {
    this.#runs.touch(this.getRun(runId).run, time);
  }

  /**
   * Moves an active run to another active experiment. Throws `not-found` or `invalid`, and `conflict` once the run has
   * artifacts or a model: their addresses name the experiment they were logged in.
   */
  moveRun(runId: string, experimentId: string): void {
    const { run, artifactUri } = this.getActive(runId);
    if (this.#hasArtifacts(runId, artifactUri)) {
      throw new SlipwayError('conflict', `The run ${runId} has artifacts already, so it stays in its experiment.`);
    }
    const experiment = this.experiments.active(experimentId);
    this.#runs.move(run, experiment.experimentId, `${experiment.artifactLocation}/${runId}/artifacts`);
    this.context.events.runChanged(runId);
    this.context.events.experimentsChanged();
  }

  /**
   * Writes points, params and tags, all or nothing. Points that are there already are left alone; a param may be
   * repeated but not changed. Throws `invalid` for what breaks a rule, `not-found` for an unknown run.
   */
  logBatch(runId: string, batch: BatchInput): void {
    this.#commit(runId, checkedBatch(batch), false);
  }

  /** Writes one point; as `logBatch`. */
  logMetric(runId: string, metric: MetricInput): void {
    checkMetric(metric, () => '');
    this.#commit(runId, { metrics: [metric] }, true);
  }

  /** Writes one param; as `logBatch`. */
  logParam(runId: string, param: KeyValue): void {
    this.#commit(runId, { params: [checkedParam(param, '')] }, true);
  }

  /** Sets or replaces one tag; as `logBatch`. */
  setTag(runId: string, tag: KeyValue): void {
    this.#commit(runId, { tags: [checkedTag(tag, '')] }, true);
  }

  /** Notes what went into an active run. The first use of a dataset stays. */
  logInputs(runId: string, inputs: { datasets?: readonly DatasetInput[]; models?: readonly string[] }): void {
    for (const dataset of inputs.datasets ?? []) checkDatasetInput(dataset);
    const { run, experimentId } = this.getActive(runId);
    this.context.database
      .transaction(() => {
        for (const dataset of inputs.datasets ?? []) this.#inputs.addDataset(run, experimentId, dataset);
        for (const modelId of inputs.models ?? []) this.#inputs.addModel(run, 'input', { modelId, step: 0 });
      })
      .immediate();
    this.context.events.runChanged(runId);
  }

  /** Notes which models came out of an active run, and at which step. */
  logOutputs(runId: string, models: readonly { modelId: string; step: number }[]): void {
    const { run } = this.getActive(runId);
    this.context.database
      .transaction(() => {
        for (const model of models) this.#inputs.addModel(run, 'output', model);
      })
      .immediate();
    this.context.events.runChanged(runId);
  }

  /** Appends a model to the history tag that MLflow 2 clients read back. Throws `invalid` for a deleted run. */
  recordModel(runId: string, model: Readonly<Record<string, unknown>>): void {
    const { run } = this.getActive(runId);
    this.context.database
      .transaction(() => {
        const history = jsonArray(this.#runs.tag(run, modelHistoryTag));
        this.#runs.setTag(run, { key: modelHistoryTag, value: JSON.stringify([...history, model]) });
      })
      .immediate();
    this.context.events.runChanged(runId);
  }

  /** Removes a tag of an active run. Throws `not-found` when it has no such tag. */
  deleteTag(runId: string, key: string): void {
    const { run } = this.getActive(runId);
    if (!this.#runs.deleteTag(run, key)) {
      throw new SlipwayError('not-found', `No tag with name: ${key} in run with id ${runId}`);
    }
    this.context.events.runChanged(runId);
  }

  /** Stars or archives an active run, or takes that back. Throws `not-found`, or `invalid` for a deleted run. */
  setMarks(runId: string, marks: { starred?: boolean | undefined; archived?: boolean | undefined }): void {
    const { run, starred, archived } = this.getActive(runId);
    this.#runs.setMarks(run, { starred: marks.starred ?? starred, archived: marks.archived ?? archived });
    this.context.events.runChanged(runId);
    this.#tellParent(run);
  }

  /** One tag's value, whatever the run's stage; undefined when it has none. Throws `not-found`. */
  tag(runId: string, key: string): string | undefined {
    return this.#runs.tag(this.getRun(runId).run, key);
  }

  /** Moves a run to the trash; again is no error. */
  deleteRun(runId: string): void {
    this.#setStage(runId, 'deleted');
  }

  /** Takes a run back from the trash; an active one is no error. */
  restoreRun(runId: string): void {
    this.#setStage(runId, 'active');
  }

  /** Drops what is remembered of a run whose rows are gone: its number may be another run's next. */
  forget(runId: string, run: number): void {
    this.#active.delete(runId);
    this.#metrics.forget(run);
  }

  /** The run's own row, whatever its stage. */
  findRun(runId: string): RunRecord | undefined {
    return this.#runs.byId(runId);
  }

  /** The run's own row. Throws `not-found`. */
  getRun(runId: string): RunRecord {
    const record = this.#runs.byId(runId);
    if (record === undefined) throw new SlipwayError('not-found', `Run with id=${runId} not found`);
    return record;
  }

  /** The run's own row. Throws `not-found`, or `invalid` when the run is in the trash. */
  getActive(runId: string): RunRecord {
    const record = this.getRun(runId);
    if (record.lifecycleStage !== 'active') {
      throw new SlipwayError(
        'invalid',
        `The run ${runId} must be in the 'active' state. Current state is ${record.lifecycleStage}.`,
      );
    }
    return record;
  }

  #commit(runId: string, batch: BatchInput, alone: boolean): void {
    const nested = this.context.database.inTransaction;
    try {
      this.#write(runId, batch, alone);
    } catch (error) {
      this.#forget(runId);
      throw error;
    }
    // An outer transaction may yet be rolled back, and with it what is remembered.
    if (nested) this.#forget(runId);
    this.context.events.runChanged(runId);
    if (batch.tags?.some(({ key }) => key === parentTag) === true) this.#tellParent(this.getRun(runId).run);
  }

  #writeBatch(runId: string, batch: BatchInput, alone: boolean): void {
    const time = this.context.now();
    const known = this.#activeRun(runId);
    const { run } = known;
    if (time - known.touched >= touchEvery) {
      this.#runs.touch(run, time);
      known.touched = time;
    }
    if (batch.params !== undefined && batch.params.length > 0) this.#writeParams(known, batch.params, alone);
    if (batch.metrics !== undefined && batch.metrics.length > 0) {
      this.#metrics.append(run, batch.metrics);
      this.models.addMetrics(runId, batch.metrics);
    }
    for (const tag of batch.tags ?? []) {
      if (tag.key === runNameTag) this.updateRun(runId, { name: tag.value });
      else this.#runs.setTag(run, tag);
    }
  }

  #writeParams(of: ActiveRun, params: readonly KeyValue[], alone: boolean): void {
    const refused: RefusedParam[] = [];
    for (const param of params) {
      const old = this.#runs.addParam(of.run, param);
      if (old !== param.value) refused.push({ param, old });
    }
    const [first] = refused;
    if (first !== undefined) throw alone ? changedParam(of.runId, first) : changedParams(of.runId, refused);
  }

  #activeRun(runId: string): ActiveRun {
    const known = this.#active.get(runId);
    if (known !== undefined) return known;
    const found = { runId, run: this.getActive(runId).run, touched: 0 };
    if (this.#active.size > 10_000) this.#active.clear();
    this.#active.set(runId, found);
    return found;
  }

  #setStage(runId: string, stage: 'active' | 'deleted'): void {
    const { run } = this.getRun(runId);
    this.#forget(runId);
    this.#runs.setStage(run, stage, stage === 'deleted' ? this.context.now() : null);
    this.context.events.runChanged(runId);
    this.#tellParent(run);
  }

  /** Whoever looks at a run's parent looks at the list that it is in, or has just left. */
  #tellParent(run: number): void {
    const parent = this.#runs.tag(run, parentTag) ?? '';
    if (parent !== '') this.context.events.runChanged(parent);
  }

  #hasArtifacts(runId: string, artifactUri: string): boolean {
    if (this.models.hasSource(runId) || this.#runs.hasArtifacts(artifactUri)) return true;
    return artifactUri.startsWith('file:') && existsSync(fileURLToPath(artifactUri));
  }

  #forget(runId: string): void {
    const known = this.#active.get(runId);
    if (known !== undefined) this.#metrics.forget(known.run);
    this.#active.delete(runId);
  }
}

function nameOf(input: CreateRunInput): string {
  const tagged = input.tags?.find((tag) => tag.key === runNameTag)?.value;
  if (input.name && tagged && input.name !== tagged) {
    throw new SlipwayError(
      'invalid',
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${input.name}', mlflow.runName='${tagged}').`,
    );
  }
  return input.name || tagged || randomRunName();
}

/** The list a tag holds; a tag that somebody set to something else counts as an empty one. */
function jsonArray(text: string | undefined): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
